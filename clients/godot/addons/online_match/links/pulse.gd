extends RefCounted
## Whether the other player's game goes on: its loop answers pings.
##
## A ping is byte 0 and an answer byte 1; both have the number of the last reliable packet that came, in 32 bits.

const PING_EVERY_MS := 1000
## A pause of one's own game of more than this says nothing about the other's.
const OWN_PAUSE_MS := 1000
const PING := 0
const PONG := 1

var _heard_at := 0
var _pinged_at := 0
var _checked_at := 0


func begin(now: int) -> void:
	_heard_at = now
	_checked_at = now
	_pinged_at = 0


func heard(now: int) -> void:
	_heard_at = now


## For how long nothing was heard, in milliseconds.
func silence(now: int) -> int:
	if now - _checked_at > OWN_PAUSE_MS:
		_heard_at = now
	_checked_at = now
	return now - _heard_at


func is_due(now: int) -> bool:
	if now - _pinged_at < PING_EVERY_MS:
		return false
	_pinged_at = now
	return true


static func encode(kind: int, received: int) -> PackedByteArray:
	var bytes := PackedByteArray([kind, 0, 0, 0, 0])
	bytes.encode_u32(1, received)
	return bytes


## The kind and the number of the last packet that the other side has; empty where it is none.
static func decode(bytes: PackedByteArray) -> PackedInt64Array:
	if bytes.size() != 5 or bytes[0] > PONG:
		return PackedInt64Array()
	return PackedInt64Array([bytes[0], bytes.decode_u32(1)])
