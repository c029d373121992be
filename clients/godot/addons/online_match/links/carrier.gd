extends RefCounted
## Carries the game's packets of a link, over one connection after the other: see framed_carrier.gd, plain_carrier.gd.

## [param is_passed_on]: it is for or from another player than the two of the link.
signal packet_received(bytes: PackedByteArray, mode: int, is_passed_on: bool)
## Something came by that way.
signal heard(way: Way)
signal word_heard(word: String)
## [member rtt_ms] was measured anew.
signal measured

enum Way { NONE, CHANNELS, SERVER }

const Connection := preload("connection.gd")

var way := Way.NONE
## Milliseconds there and back; -1 while that is not known.
var rtt_ms := -1
var _connection: Connection


## From now on by this way. Without one, reliable packets wait, and others are lost.
func go_by(to: Way, connection: Connection, _now: int) -> void:
	way = to
	_connection = connection


func send(_bytes: PackedByteArray, _mode: int, _is_passed_on: bool, _now: int) -> Error:
	return ERR_UNAVAILABLE


## May be lost, as any word may.
func say(word: String) -> void:
	if way == Way.CHANNELS:
		_connection.say(word)


## Asks the other end how long it takes there and back, if it is one that answers.
func probe(_now: int) -> void:
	pass


## All that has come by a connection. What a packet leads to may take it down.
func read(_from: Connection, _now: int) -> void:
	pass


func process(_now: int) -> void:
	pass
