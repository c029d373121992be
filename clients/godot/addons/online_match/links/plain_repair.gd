extends "repair.gd"
## With a client that cannot go through the server, connections are all there is.

## A connection that is not up after this time has failed.
const CONNECT_MS := 15_000
## The wait before each try to connect anew; the last one repeats.
const PAUSES_MS: Array[int] = [0, 3000, 6000, 12_000, 30_000]

var _tries := 0
var _deadline := 0


func process(now: int) -> void:
	if _negotiation.connection == null:
		if not is_waiting and now >= _deadline:
			_negotiation.connect_anew(true)
	elif _negotiation.is_open():
		if status != Player.Status.CONNECTED:
			_tries = 0
			_carrier.go_by(Carrier.Way.CHANNELS, _negotiation.connection, now)
			_show(Player.Status.CONNECTED, Step.DIRECT)
	elif _negotiation.is_broken() or now >= _deadline:
		_break_off(now)


func on_begun(now: int) -> void:
	_deadline = now + CONNECT_MS
	_carrier.go_by(Carrier.Way.NONE, null, now)
	if status == Player.Status.CONNECTED:
		_show(Player.Status.CONNECTING, Step.DIRECT)


func on_reachable(was_lost: bool, _now: int) -> void:
	if was_lost or not _negotiation.is_open():
		_negotiation.connect_anew(true)


## The connection is of no more use: another is made after a pause, the longer the more often this happened.
func _break_off(now: int) -> void:
	var was_up := status == Player.Status.CONNECTED
	_deadline = now + PAUSES_MS[mini(_tries, PAUSES_MS.size() - 1)]
	_tries += 1
	_carrier.go_by(Carrier.Way.NONE, null, now)
	_negotiation.drop()
	_show(Player.Status.CONNECTING if was_up and not is_waiting else Player.Status.FAILED, Step.DIRECT)
