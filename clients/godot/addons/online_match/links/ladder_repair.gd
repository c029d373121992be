extends "repair.gd"
## Between two clients that can go through the server: a connection of any kind, one through TURN alone, the server;
## and back from there as soon as a connection comes up. The player who makes the offers climbs; the other follows,
## and takes the server when the first does, or by themselves when nothing comes for long.

## For a connection of any kind, before TURN alone is tried.
const DIRECT_MS := 8000
## For one through TURN alone, before the server is taken.
const TURN_MS := 6000
## Whoever does not offer waits so long for the other to climb.
const ANSWER_MS := DIRECT_MS + TURN_MS
## For the first sign of the other player by way of the server, and how often they are asked for one before and after.
const SERVER_MS := 5000
const PROBE_MS := 1000
const LATE_PROBE_MS := 5000
## Data that came by the channels so recently says that they stand.
const FRESH_MS := 5000
## How long a connection is tried from time to time while the server carries the data, and the wait before: at first,
## and at most.
const BACK_TRY_MS := 10_000
const BACK_MS := 30_000
const MAX_BACK_MS := 300_000

const FramedCarrier := preload("framed_carrier.gd")
const NEVER := 1 << 60

## When what is tried now has had its time.
var _deadline := NEVER
var _heard_at := -FRESH_MS
var _probe_at := NEVER
## When the server was taken.
var _asked_at := 0
var _back_tries := 0


func begin(now: int) -> void:
	if _negotiation.lacks_turn():
		_take_server(now)
	else:
		super(now)


func process(now: int) -> void:
	if _negotiation.is_open():
		if _carrier.way != Carrier.Way.CHANNELS:
			_take_channels(now)
	elif step == Step.SERVER:
		_stay_on_server(now)
	elif _carrier.way == Carrier.Way.CHANNELS:
		_recover(now)
	elif is_waiting:
		# Without signals nothing helps: it waits until the other can be reached.
		return
	elif _negotiation.is_offerer and (_negotiation.is_broken() or now >= _deadline):
		_climb(now)
	elif now >= _deadline:
		_take_server(now)


func on_begun(now: int) -> void:
	if step == Step.SERVER:
		_deadline = now + BACK_TRY_MS
		return
	_carrier.go_by(Carrier.Way.NONE, null, now)
	if status == Player.Status.CONNECTED:
		_show(Player.Status.CONNECTING, step)
	_deadline = now + _time_to_connect()


func on_asked() -> void:
	if step != Step.SERVER:
		_negotiation.is_turn_only = false
		_show(status, Step.DIRECT)


## A frame that came by the server says that the other player's channels are not up, unless ours are heard.
func on_heard(way: Carrier.Way, now: int) -> void:
	if way == Carrier.Way.CHANNELS:
		_heard_at = now
		return
	if step != Step.SERVER:
		if now - _heard_at < FRESH_MS:
			return
		_take_server(now)
	_probe_at = NEVER
	_show(Player.Status.CONNECTED, Step.SERVER)


func on_reachable(was_lost: bool, now: int) -> void:
	if step == Step.SERVER:
		_carrier.process(now)
	elif was_lost or not _negotiation.is_open():
		_negotiation.is_turn_only = false
		_show(status, Step.DIRECT)
		_negotiation.connect_anew(true)


func _time_to_connect() -> int:
	if not _negotiation.is_offerer:
		return ANSWER_MS
	return TURN_MS if step == Step.TURN else DIRECT_MS


func _take_channels(now: int) -> void:
	var by := step if step == Step.TURN else Step.DIRECT
	_deadline = NEVER
	_probe_at = NEVER
	_back_tries = 0
	_heard_at = now
	_carrier.go_by(Carrier.Way.CHANNELS, _negotiation.connection, now)
	_show(Player.Status.CONNECTED, by)


## What was up is down. The other player may not have noticed.
func _recover(now: int) -> void:
	_carrier.go_by(Carrier.Way.NONE, null, now)
	_negotiation.drop()
	_negotiation.is_turn_only = false
	_show(Player.Status.CONNECTING, Step.DIRECT)
	if not is_waiting:
		_negotiation.connect_anew(true)


func _climb(now: int) -> void:
	if step == Step.TURN or not _negotiation.can_try_turn():
		_take_server(now)
		return
	_show(Player.Status.CONNECTING, Step.TURN)
	_negotiation.is_turn_only = true
	_negotiation.connect_anew(true)


func _take_server(now: int) -> void:
	_negotiation.drop()
	_negotiation.is_turn_only = false
	_show(Player.Status.CONNECTING, Step.SERVER)
	_carrier.go_by(Carrier.Way.SERVER, null, now)
	_asked_at = now
	_probe(now)
	_plan_try(now)


func _stay_on_server(now: int) -> void:
	if now >= _probe_at:
		if now - _asked_at >= SERVER_MS:
			_show(Player.Status.FAILED, Step.SERVER)
		_probe(now)
	var is_trying := _negotiation.connection != null
	if is_trying and (_negotiation.is_broken() or now >= _deadline):
		_negotiation.drop()
		_plan_try(now)
	elif not is_trying and now >= _deadline and not is_waiting:
		_negotiation.connect_anew(true)


func _probe(now: int) -> void:
	_probe_at = now + (PROBE_MS if now - _asked_at < SERVER_MS else LATE_PROBE_MS)
	(_carrier as FramedCarrier).probe(now)


## From time to time, ever more rarely, by the player who makes the offers.
func _plan_try(now: int) -> void:
	if not _negotiation.is_offerer or _negotiation.lacks_turn():
		_deadline = NEVER
		return
	_deadline = now + mini(roundi(BACK_MS * pow(1.5, _back_tries)), MAX_BACK_MS)
	_back_tries += 1
