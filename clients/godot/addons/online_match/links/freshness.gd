extends RefCounted
## What comes of unreliable messages too late: those of an outage arrive in one burst after it. A fast way is the
## measure, since nobody knows the other's clock.

const Frame := preload("frame.gd")

## What was on its way for so much longer than usual is of no use any more.
const MAX_AGE_MS := 1000
## Clocks of two machines drift apart by less than a millisecond in a second.
const DRIFT := 0.001

## By how much the receiver's clock is ahead, with the shortest time on the way that was seen.
var _fastest := 0.0
var _heard_at := -1
## The number of the last one that was to be in order.
var _last_in_order := -1


## Whether a message that comes now is fresh, and not overtaken by a later one where that matters.
func take(message: Frame, now: int) -> bool:
	var offset := Frame.difference(now, message.sent_ms)
	var drifted := float(offset) if _heard_at < 0 else _fastest + (now - _heard_at) * DRIFT
	_fastest = minf(drifted, offset)
	_heard_at = now
	if offset - _fastest > MAX_AGE_MS:
		return false
	if not message.has(Frame.IN_ORDER):
		return true
	if _last_in_order >= 0 and Frame.difference(message.number, _last_in_order) <= 0:
		return false
	_last_in_order = message.number
	return true
