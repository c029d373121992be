extends "carrier.gd"
## To a client that does not number its data, packets go as they are, and nothing is known to arrive.

const CHANNEL_OF_MODE := {
	MultiplayerPeer.TRANSFER_MODE_RELIABLE: "reliable",
	MultiplayerPeer.TRANSFER_MODE_UNRELIABLE: "unreliable",
	MultiplayerPeer.TRANSFER_MODE_UNRELIABLE_ORDERED: "ordered",
}
## So many bytes wait for a connection.
const MAX_WAITING := 4 * 1024 * 1024

var _waiting: Array[PackedByteArray] = []
var _waiting_bytes := 0


func go_by(to: Way, connection: Connection, now: int) -> void:
	super(to, connection, now)
	if way != Way.CHANNELS:
		return
	for bytes in _waiting:
		connection.send("reliable", bytes)
	_waiting.clear()
	_waiting_bytes = 0


func send(bytes: PackedByteArray, mode: int, is_passed_on: bool, _now: int) -> Error:
	if is_passed_on:
		return ERR_UNAVAILABLE
	if way == Way.CHANNELS:
		return _connection.send(CHANNEL_OF_MODE[mode], bytes)
	if mode != MultiplayerPeer.TRANSFER_MODE_RELIABLE:
		return OK
	if _waiting_bytes + bytes.size() > MAX_WAITING:
		return ERR_OUT_OF_MEMORY
	_waiting.append(bytes)
	_waiting_bytes += bytes.size()
	return OK


func read(from: Connection, _now: int) -> void:
	for mode: int in CHANNEL_OF_MODE:
		for bytes in from.packets(CHANNEL_OF_MODE[mode]):
			heard.emit(Way.CHANNELS)
			packet_received.emit(bytes, mode, false)
