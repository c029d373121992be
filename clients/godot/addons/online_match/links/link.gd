extends RefCounted
## The link to one player: it outlives its connections, of which it has one at a time.

## The [enum OnlineMatchPlayer.Status] is another one.
signal status_changed
## The other player's game stands still while the link stands, or goes on again.
signal silence_changed
## To be sent to the other player.
signal signal_made(made: PeerSignal)
signal connection_added(raw: WebRTCPeerConnection)
signal connection_removed(raw: WebRTCPeerConnection)
signal packet_received(bytes: PackedByteArray, mode: int)

const Connection := preload("connection.gd")
const PeerSignal := preload("../protocol/peer_signal.gd")
const Player := preload("../player.gd")
const Traffic := preload("traffic.gd")

## A connection that is not up after this time has failed.
const CONNECT_MS := 15_000
## The wait before each try to connect anew; the last one repeats.
const PAUSES_MS: Array[int] = [0, 3000, 6000, 12_000, 30_000]
## A game that has not answered for so long stands still.
const SILENT_MS := 10_000
## The same, for a player who has lost their socket too: they are gone.
const GONE_MS := 2000

var status := Player.Status.CONNECTING
var is_silent := false
## Whether the other player has lost their socket, or this one has: then no signal would arrive.
var is_waiting := false
var connection: Connection
## Who makes the offers: of two who announced themselves the player with the lower peer id, of others the one with
## the lower session id, as the addon of old has it.
var is_offerer := false
var _settings: Callable
var _traffic := Traffic.new()
## Offers made by the one side, taken by the other.
var _offers := 0
## Of the present connection, or of the last one; 0 before the first.
var _number := 0
var _tries := 0
var _deadline := 0


## [param settings] gives [code]{servers, relay, has_words}[/code], each time that a connection is made.
func _init(settings: Callable) -> void:
	_settings = settings
	_traffic.packet_received.connect(packet_received.emit)


func is_open() -> bool:
	return connection != null and connection.state == Connection.State.OPEN


## Makes a connection, in place of the one that there is.
func connect_anew(now: int, with_request := false) -> void:
	_drop_connection()
	_deadline = now + CONNECT_MS
	var how: Dictionary = _settings.call()
	connection = Connection.new(how.servers, how.relay, how.has_words)
	connection.signal_made.connect(_on_signal_made)
	connection_added.emit(connection.raw)
	if with_request and _number > 0:
		signal_made.emit(PeerSignal.reconnect(_offers + 1 if is_offerer else _number))
	if is_offerer:
		_offers += 1
		_number = _offers
		connection.offer(_offers)


func on_signal(made: PeerSignal, now: int) -> void:
	if made.connection > 0 and made.connection < _number:
		return
	match made.kind:
		PeerSignal.Kind.CANDIDATE:
			if connection != null and made.connection in [0, _number]:
				connection.add_candidate(made)
		PeerSignal.Kind.RECONNECT:
			_on_reconnect(made.connection, now)
		PeerSignal.Kind.DESCRIPTION:
			if (made.type == "answer") != is_offerer:
				return
			if made.type == "offer":
				_on_offer(made, now)
			else:
				_on_answer(made)


func process(now: int) -> void:
	if connection == null:
		if not is_waiting and now >= _deadline:
			connect_anew(now, true)
		return
	connection.poll(now)
	if connection.state == Connection.State.OPEN and status != Player.Status.CONNECTED:
		_on_up(now)
	if status == Player.Status.CONNECTED:
		_traffic.receive(now)
	if connection == null:
		return
	if connection.state == Connection.State.OPEN:
		_check_pulse(now)
	elif connection.state == Connection.State.BROKEN or now >= _deadline:
		break_off(now)


func send(bytes: PackedByteArray, mode: int) -> Error:
	return _traffic.send(bytes, mode)


## The connection is of no more use: another is made after a pause, the longer the more often this happened.
func break_off(now: int) -> void:
	var was_up := status == Player.Status.CONNECTED
	_deadline = now + PAUSES_MS[mini(_tries, PAUSES_MS.size() - 1)]
	_tries += 1
	_drop_connection()
	_set_status(Player.Status.CONNECTING if was_up and not is_waiting else Player.Status.FAILED)


## The other player comes back without what they had: nothing that was sent or came before counts.
func forget() -> void:
	_traffic = Traffic.new()
	_traffic.packet_received.connect(packet_received.emit)
	_offers = 0
	_number = 0


func close() -> void:
	_drop_connection()
	is_waiting = true


## The side that offers was asked to; the side that answers is told the number of the connection to come.
func _on_reconnect(number: int, now: int) -> void:
	if not is_offerer:
		var is_fresh := connection != null and not connection.is_described
		if (number > 0 and number <= _number) or (number == 0 and is_fresh):
			return
		_number = number
	_mark_down()
	connect_anew(now)


func _on_offer(made: PeerSignal, now: int) -> void:
	if made.offer_number > 0:
		if made.offer_number <= _offers:
			return
		_offers = made.offer_number
	if connection != null and connection.is_restarted_by(made):
		# Godot's WebRTC has no ICE restart, so both need a new connection.
		_mark_down()
		connect_anew(now, true)
		return
	if connection == null or connection.is_described:
		_mark_down()
		connect_anew(now)
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


func _on_up(now: int) -> void:
	_tries = 0
	_traffic.begin(connection, now)
	_set_status(Player.Status.CONNECTED)


func _check_pulse(now: int) -> void:
	var silence := _traffic.ask(now)
	if is_waiting and silence >= GONE_MS:
		break_off(now)
		return
	if is_silent != (silence >= SILENT_MS):
		is_silent = not is_silent
		silence_changed.emit()


func _mark_down() -> void:
	if status == Player.Status.CONNECTED:
		_set_status(Player.Status.CONNECTING)


func _drop_connection() -> void:
	if connection == null:
		return
	var raw := connection.raw
	connection.close()
	connection = null
	connection_removed.emit(raw)


func _set_status(to: Player.Status) -> void:
	if status != to:
		status = to
		status_changed.emit()
