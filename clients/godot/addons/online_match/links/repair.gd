extends RefCounted
## How a link comes up and is kept up: what follows from what happens to its connections. See ladder_repair.gd, for
## two clients that can go through the server, and plain_repair.gd.

## The status or the step is another one.
signal changed

## What is tried, or by what the link is up: a connection by whichever pair of addresses answers first; one through a
## TURN server alone; Nakama itself.
enum Step { DIRECT, TURN, SERVER }

const Carrier := preload("carrier.gd")
const Negotiation := preload("negotiation.gd")
const Player := preload("../player.gd")

var status := Player.Status.CONNECTING
var step := Step.DIRECT
## Whether the other player has lost their socket, or this one has: then no signal would arrive.
var is_waiting := false
var _negotiation: Negotiation
var _carrier: Carrier


func _init(negotiation: Negotiation, carrier: Carrier) -> void:
	_negotiation = negotiation
	_carrier = carrier


## The first connection.
func begin(_now: int) -> void:
	_negotiation.connect_anew()


## Once for each frame of the game.
func process(_now: int) -> void:
	pass


## A connection has taken the place of the one before.
func on_begun(_now: int) -> void:
	pass


## The other player wants a new connection.
func on_asked() -> void:
	pass


## Something of the other player came by that way.
func on_heard(_way: Carrier.Way, _now: int) -> void:
	pass


## Signals reach the other player again, who may have missed the last ones. [param was_lost]: the link does not do
## what it should.
func on_reachable(_was_lost: bool, _now: int) -> void:
	pass


func _show(to_status: Player.Status, to_step: Step) -> void:
	if status == to_status and step == to_step:
		return
	status = to_status
	step = to_step
	changed.emit()
