extends RefCounted
## Whether the other player's game goes on: its loop answers pings, on a channel for words between clients that
## announced themselves. What was sent there may be lost.

const PING := "ping"
const PONG := "pong"
## With a number behind it: all reliable packets up to this one are there. Between clients that number them.
const GOT := "got "

const PING_EVERY_MS := 1000
## A pause of one's own game of more than this says nothing about the other's.
const OWN_PAUSE_MS := 1000

var _heard_at := 0
var _pinged_at := 0
var _checked_at := 0
## Clients of other kinds know no pings.
var _has_answered := false


func begin(now: int) -> void:
	_heard_at = now
	_checked_at = now
	_pinged_at = 0
	_has_answered = false


func heard(now: int) -> void:
	_heard_at = now


func answered(now: int) -> void:
	_heard_at = now
	_has_answered = true


## For how long nothing was heard, in milliseconds.
func silence(now: int) -> int:
	if now - _checked_at > OWN_PAUSE_MS or not _has_answered:
		_heard_at = now
	_checked_at = now
	return now - _heard_at


func is_due(now: int) -> bool:
	if now - _pinged_at < PING_EVERY_MS:
		return false
	_pinged_at = now
	return true
