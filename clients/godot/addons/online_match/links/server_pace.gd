extends RefCounted
## How fast reliable data goes through the server, which says when it is too fast, and loses nothing without a word
## but in a fault.

## So many parts are underway at most: half as many each time that it is too much, and slowly more again.
const MAX_WINDOW := 8.0
const MORE_AT_PROGRESS := 0.1
## What the server has not brought after this time is sent again; then after twice that.
const REPEAT_MS := 1000
const MAX_REPEAT_MS := 8000

var paused_until := 0
## How long to wait for an acknowledgement.
var repeat_ms := REPEAT_MS
var _window := MAX_WINDOW


func takes(underway: int) -> bool:
	return underway < floori(_window)


## The server takes nothing for so long. What was underway then is told the same, and counts once.
func slow_down(ms: int, now: int) -> void:
	if now >= paused_until:
		_window = maxf(1.0, _window / 2.0)
	pause(ms, now)


func pause(ms: int, now: int) -> void:
	paused_until = maxi(paused_until, now + ms)


## Something was acknowledged.
func on_progress() -> void:
	_window = minf(MAX_WINDOW, _window + MORE_AT_PROGRESS)
	repeat_ms = REPEAT_MS


func on_repeat() -> void:
	repeat_ms = mini(2 * repeat_ms, MAX_REPEAT_MS)


## Another way.
func reset() -> void:
	paused_until = 0
	repeat_ms = REPEAT_MS
