extends RefCounted
## What goes over a link, over one connection after the other: the game's packets, and the words of the two clients.

signal packet_received(bytes: PackedByteArray, mode: int)

const Connection := preload("connection.gd")
const Pulse := preload("pulse.gd")
const Stream := preload("stream.gd")

## So many reliable packets at once are acknowledged at once.
const MANY := 16
const CHANNEL_OF_MODE := {
	MultiplayerPeer.TRANSFER_MODE_UNRELIABLE: "unreliable",
	MultiplayerPeer.TRANSFER_MODE_UNRELIABLE_ORDERED: "ordered",
}

var _connection: Connection
var _stream := Stream.new()
var _pulse := Pulse.new()


## Another connection is up: it begins with what is not known to have arrived.
func begin(connection: Connection, now: int) -> void:
	_connection = connection
	_pulse.begin(now)
	var waiting := _stream.kept() if connection.is_numbered else _stream.take_plain()
	for packet in waiting:
		connection.send("reliable", packet)


## Reliable packets wait while there is no connection; others are lost then.
func send(bytes: PackedByteArray, mode: int) -> Error:
	var is_open := _connection != null and _connection.state == Connection.State.OPEN
	if mode != MultiplayerPeer.TRANSFER_MODE_RELIABLE:
		return _connection.send(CHANNEL_OF_MODE[mode], bytes) if is_open else OK
	if is_open and not _connection.is_numbered:
		return _connection.send("reliable", bytes)
	var numbered := _stream.put(bytes)
	if numbered.is_empty():
		return ERR_OUT_OF_MEMORY
	if is_open:
		_connection.send("reliable", numbered)
	return OK


## What a packet leads to may take the connection down.
func receive(now: int) -> void:
	var from := _connection
	for word in from.words():
		_on_word(from, word, now)
	var reliable := from.packets("reliable")
	for bytes in reliable:
		_pulse.heard(now)
		var packet: Variant = _stream.take(bytes) if from.is_numbered else bytes
		if packet != null:
			packet_received.emit(packet, MultiplayerPeer.TRANSFER_MODE_RELIABLE)
	if reliable.size() >= MANY:
		_acknowledge(from)
	for mode: int in CHANNEL_OF_MODE:
		for bytes in from.packets(CHANNEL_OF_MODE[mode]):
			_pulse.heard(now)
			packet_received.emit(bytes, mode)


## Asks whether the other game goes on. Returns for how many milliseconds nothing was heard of it.
func ask(now: int) -> int:
	if _pulse.is_due(now):
		_connection.say(Pulse.PING)
		_acknowledge(_connection)
	return _pulse.silence(now)


func _on_word(from: Connection, word: String, now: int) -> void:
	match word:
		Pulse.PING:
			from.say(Pulse.PONG)
		Pulse.PONG:
			_pulse.answered(now)
		_:
			if word.begins_with(Pulse.GOT):
				_stream.acknowledge(word.trim_prefix(Pulse.GOT).to_int())


func _acknowledge(to: Connection) -> void:
	if to.is_numbered:
		to.say(Pulse.GOT + str(_stream.received))
