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
const Pulse := preload("pulse.gd")
const Stream := preload("stream.gd")

## A connection that is not up after this time has failed.
const CONNECT_MS := 15_000
## The wait before each try to connect anew; the last one repeats.
const PAUSES_MS: Array[int] = [0, 3000, 6000, 12_000, 30_000]
## A game that has not answered for so long stands still.
const SILENT_MS := 10_000
## The same, for a player who has lost their socket too: they are gone.
const GONE_MS := 2000
## So many packets at once are acknowledged at once.
const MANY := 16
const CHANNEL_OF_MODE := {
	MultiplayerPeer.TRANSFER_MODE_UNRELIABLE: "unreliable",
	MultiplayerPeer.TRANSFER_MODE_UNRELIABLE_ORDERED: "ordered",
}

var status := Player.Status.CONNECTING
var is_silent := false
## Whether the other player has lost their socket, or this one has: then no signal would arrive.
var is_waiting := false
var connection: Connection
var _is_offerer := false
var _settings: Callable
var _stream := Stream.new()
var _pulse := Pulse.new()
var _offers := 0
## The offer of the last connection that was given up.
var _given_up := 0
var _tries := 0
var _deadline := 0
var _now := 0


## [param settings] gives the ICE servers and how TURN is used, each time that a connection is made.
func _init(settings: Callable) -> void:
	_settings = settings


## Says by which session ids the two go now: the player with the lower one makes the offers.
func name_sessions(own: String, other: String) -> void:
	_is_offerer = own < other


func is_open() -> bool:
	return connection != null and connection.state == Connection.State.OPEN


## Makes a connection, in place of the one that there is.
func connect_anew(now: int, with_request := false) -> void:
	if connection != null:
		_given_up = connection.offer_number
	_drop_connection()
	_now = now
	_deadline = now + CONNECT_MS
	var ice: Dictionary = _settings.call()
	connection = Connection.new(ice.servers, ice.relay)
	connection.signal_made.connect(signal_made.emit)
	connection_added.emit(connection.raw)
	if with_request:
		signal_made.emit(PeerSignal.reconnect(0 if _is_offerer else _given_up))
	if _is_offerer:
		_offers += 1
		connection.offer(_offers)


func on_signal(made: PeerSignal, now: int) -> void:
	match made.kind:
		PeerSignal.Kind.CANDIDATE:
			if connection != null:
				connection.add_candidate(made)
		PeerSignal.Kind.RECONNECT:
			_on_reconnect(made, now)
		PeerSignal.Kind.DESCRIPTION when made.type == "offer":
			if not _is_offerer:
				_on_offer(made, now)
		_:
			_on_answer(made)


func process(now: int) -> void:
	_now = now
	if connection == null:
		if not is_waiting and now >= _deadline:
			connect_anew(now, true)
		return
	connection.poll(now)
	if connection.state == Connection.State.OPEN and status != Player.Status.CONNECTED:
		_on_up(now)
	if status == Player.Status.CONNECTED:
		_receive(now)
	if connection == null:
		return
	if connection.state == Connection.State.OPEN:
		_check_pulse(now)
	elif connection.state == Connection.State.BROKEN or now >= _deadline:
		break_off(now)


## Reliable packets wait while the link is down; others are lost then.
func send(bytes: PackedByteArray, mode: int) -> Error:
	if mode != MultiplayerPeer.TRANSFER_MODE_RELIABLE:
		return connection.send(CHANNEL_OF_MODE[mode], bytes) if is_open() else OK
	if is_open() and not connection.is_numbered:
		return connection.send("reliable", bytes)
	var numbered := _stream.put(bytes)
	if numbered.is_empty():
		return ERR_OUT_OF_MEMORY
	if is_open():
		connection.send("reliable", numbered)
	return OK


## The connection is of no more use: another is made after a pause, the longer the more often this happened.
func break_off(now: int) -> void:
	var was_up := status == Player.Status.CONNECTED
	_deadline = now + PAUSES_MS[mini(_tries, PAUSES_MS.size() - 1)]
	_tries += 1
	_given_up = connection.offer_number
	_drop_connection()
	_set_status(Player.Status.CONNECTING if was_up and not is_waiting else Player.Status.FAILED)


## The other player comes back without what they had: nothing that was sent or came before counts.
func forget() -> void:
	_stream = Stream.new()


func close() -> void:
	_drop_connection()
	is_waiting = true


func _on_reconnect(made: PeerSignal, now: int) -> void:
	var is_late := made.offer_number > 0 and made.offer_number != _offers
	var is_fresh := connection != null and not connection.is_described
	if (_is_offerer and is_late) or (not _is_offerer and is_fresh):
		return
	if status == Player.Status.CONNECTED:
		_set_status(Player.Status.CONNECTING)
	connect_anew(now)


func _on_offer(made: PeerSignal, now: int) -> void:
	if connection != null and connection.is_same_as_in(made.sdp):
		# Godot's WebRTC has no ICE restart, so both need a new connection.
		_set_status(Player.Status.CONNECTING)
		connect_anew(now, true)
		return
	if connection == null or connection.is_described or connection.state != Connection.State.CONNECTING:
		_set_status(Player.Status.CONNECTING)
		connect_anew(now)
	connection.accept(made)


func _on_answer(made: PeerSignal) -> void:
	if not _is_offerer or connection == null or connection.is_described:
		return
	if made.offer_number in [0, connection.offer_number]:
		connection.accept(made)


func _on_up(now: int) -> void:
	_tries = 0
	_pulse.begin(now)
	var waiting := _stream.kept() if connection.is_numbered else _stream.take_plain()
	for packet in waiting:
		connection.send("reliable", packet)
	_set_status(Player.Status.CONNECTED)


func _receive(now: int) -> void:
	var from := connection
	for bytes in from.packets("pulse"):
		_on_pulse(bytes, now)
	var reliable := from.packets("reliable")
	for bytes in reliable:
		_pulse.heard(now)
		var packet: Variant = _stream.take(bytes) if from.is_numbered else bytes
		if packet != null:
			packet_received.emit(packet, MultiplayerPeer.TRANSFER_MODE_RELIABLE)
	if from.is_numbered and reliable.size() >= MANY:
		from.send("pulse", Pulse.encode(Pulse.PONG, _stream.received))
	for mode: int in CHANNEL_OF_MODE:
		for bytes in from.packets(CHANNEL_OF_MODE[mode]):
			_pulse.heard(now)
			packet_received.emit(bytes, mode)


func _on_pulse(bytes: PackedByteArray, now: int) -> void:
	var read := Pulse.decode(bytes)
	if read.is_empty():
		return
	_pulse.heard(now)
	_stream.acknowledge(read[1])
	if read[0] == Pulse.PING:
		connection.send("pulse", Pulse.encode(Pulse.PONG, _stream.received))


func _check_pulse(now: int) -> void:
	if not connection.is_numbered:
		return
	if _pulse.is_due(now):
		connection.send("pulse", Pulse.encode(Pulse.PING, _stream.received))
	var silence := _pulse.silence(now)
	if is_waiting and silence >= GONE_MS:
		break_off(now)
		return
	if is_silent != (silence >= SILENT_MS):
		is_silent = not is_silent
		silence_changed.emit()


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
