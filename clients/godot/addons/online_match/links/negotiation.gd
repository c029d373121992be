extends RefCounted
## A link's connections, of which it has one at a time. A connection's number is that of the offer that it begins
## with; signals say which one they mean, and those of an earlier one do nothing.

## To be sent to the other player.
signal signal_made(made: PeerSignal)
## A connection takes the place of the one before, also when the other player wants that.
signal begun
## The other player wants a new connection.
signal asked
signal connection_added(raw: WebRTCPeerConnection)
signal connection_removed(raw: WebRTCPeerConnection)

const Connection := preload("connection.gd")
const IceRules := preload("ice_rules.gd")
const PeerSignal := preload("../protocol/peer_signal.gd")

var connection: Connection
## Who makes the offers: of two who announced themselves the player with the lower peer id, of others the one with
## the lower session id, as the addon of old has it.
var is_offerer := false
## Whether the next connection goes through a TURN server alone, at this end.
var is_turn_only := false
var _settings: Callable
## Offers made by the one side, taken by the other.
var _offers := 0
## Of the present connection, or of the last one; 0 before the first.
var _number := 0


## [param settings] gives [code]{servers, relay, has_words}[/code], each time that a connection is made.
func _init(settings: Callable) -> void:
	_settings = settings


func is_open() -> bool:
	return connection != null and connection.state == Connection.State.OPEN


func is_broken() -> bool:
	return connection == null or connection.state == Connection.State.BROKEN


## Whether a TURN server is needed for any connection, and there is none.
func lacks_turn() -> bool:
	var how: Dictionary = _settings.call()
	return how.relay == IceRules.Relay.FORCED and not IceRules.has_turn(how.servers)


## Whether there is another way by a TURN server than a connection has anyway.
func can_try_turn() -> bool:
	var how: Dictionary = _settings.call()
	return how.relay == IceRules.Relay.AUTO and IceRules.has_turn(how.servers)


## Whether all goes through a TURN server at this end.
func is_by_turn() -> bool:
	return connection != null and connection.is_by_turn()


## Makes a connection, in place of the one that there is. [param is_told]: the other player may have one that is up.
func connect_anew(is_told := false) -> void:
	drop()
	var how: Dictionary = _settings.call()
	connection = Connection.new(how.servers, how.relay, how.has_words, is_turn_only)
	connection.signal_made.connect(_on_signal_made)
	connection_added.emit(connection.raw)
	begun.emit()
	if is_told and _number > 0:
		signal_made.emit(PeerSignal.reconnect(_offers + 1 if is_offerer else _number))
	if is_offerer:
		_offers += 1
		_number = _offers
		connection.offer(_offers)


func on_signal(made: PeerSignal) -> void:
	if made.connection > 0 and made.connection < _number:
		return
	match made.kind:
		PeerSignal.Kind.CANDIDATE:
			if connection != null and made.connection in [0, _number]:
				connection.add_candidate(made)
		PeerSignal.Kind.RECONNECT:
			_on_reconnect(made.connection)
		PeerSignal.Kind.DESCRIPTION:
			if (made.type == "answer") != is_offerer:
				return
			if made.type == "offer":
				_on_offer(made)
			else:
				_on_answer(made)


func drop() -> void:
	if connection == null:
		return
	var raw := connection.raw
	connection.close()
	connection = null
	connection_removed.emit(raw)


## The side that offers was asked to; the side that answers is told the number of the connection to come.
func _on_reconnect(number: int) -> void:
	if not is_offerer:
		var is_fresh := connection != null and not connection.is_described
		if (number > 0 and number <= _number) or (number == 0 and is_fresh):
			return
		_number = number
	asked.emit()
	connect_anew()


func _on_offer(made: PeerSignal) -> void:
	if made.offer_number > 0:
		if made.offer_number <= _offers:
			return
		_offers = made.offer_number
	if connection != null and connection.is_restarted_by(made):
		# Godot's WebRTC has no ICE restart, so both need a new connection.
		connect_anew(true)
		return
	if connection == null or connection.is_described:
		connect_anew()
	_number = made.offer_number
	connection.accept(made)


func _on_answer(made: PeerSignal) -> void:
	if connection == null or connection.is_described or made.connection not in [0, _number]:
		return
	if made.offer_number in [0, connection.offer_number]:
		connection.accept(made)


func _on_signal_made(made: PeerSignal) -> void:
	made.connection = _number
	signal_made.emit(made)
