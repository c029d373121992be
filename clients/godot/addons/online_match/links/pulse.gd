extends RefCounted
## Whether the other player's game goes on: its loop answers pings, as words between clients that announced
## themselves. Words may be lost.

const PING := "ping"
const PONG := "pong"

## Through the server each word costs, and nothing there is as quick.
const PING_EVERY_MS := 1000
const PING_BY_SERVER_EVERY_MS := 2000
## A game that has not answered for so long stands still.
const SILENT_MS := 10_000
## The same, of a player who has lost their socket: most likely their game is gone, too.
const GONE_MS := 2000
## A pause of one's own game of more than this says nothing about the other's.
const OWN_PAUSE_MS := 1000
const NEVER := -1

var _heard_at := 0
var _pinged_at := NEVER
var _checked_at := 0
var _doubted_at := NEVER
## Clients of other kinds know no pings.
var _has_answered := false


func begin(now: int) -> void:
	_heard_at = now
	_checked_at = now
	_pinged_at = NEVER
	_doubted_at = NEVER
	_has_answered = false


func heard(now: int) -> void:
	_heard_at = now
	_doubted_at = NEVER


func answered(now: int) -> void:
	heard(now)
	_has_answered = true


## Their socket is lost: whether their game goes on is asked at once, and known soon.
func doubt(now: int) -> void:
	_doubted_at = now
	_pinged_at = NEVER


func is_silent(now: int) -> bool:
	if now - _checked_at > OWN_PAUSE_MS or not _has_answered:
		_heard_at = now
		_doubted_at = NEVER if _doubted_at == NEVER else now
	_checked_at = now
	if _doubted_at != NEVER and now - _doubted_at >= GONE_MS:
		return true
	return now - _heard_at >= SILENT_MS


func is_due(now: int, every_ms: int) -> bool:
	if _pinged_at != NEVER and now - _pinged_at < every_ms:
		return false
	_pinged_at = now
	return true
