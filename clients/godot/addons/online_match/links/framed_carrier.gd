extends "carrier.gd"
## To a client that numbers its data too, packets go in frames, by whichever way there is.

const Frame := preload("frame.gd")
const Freshness := preload("freshness.gd")
const Line := preload("line.gd")
const ServerPace := preload("server_pace.gd")

## Acknowledgements are put off, to be fewer.
const ACK_MS := 60
const ACK_EVERY := {Way.CHANNELS: 64, Way.SERVER: 4}
## A way that does not take more is tried again.
const CONGESTED_MS := 200
## Whoever is asked without end must not use up what this end may send.
const ECHO_EVERY_MS := 250
const NEVER := 1 << 60

var _epoch: int
## Takes a frame's bytes; returns whether it went out.
var _send_by_server: Callable
var _line: Line
var _freshness := Freshness.new()
var _pace := ServerPace.new()
var _unreliable_sent := 0
var _owed_acks := 0
var _ack_at := NEVER
var _repeat_at := NEVER
var _echoed_at := -ECHO_EVERY_MS


func _init(epoch: int, send_by_server: Callable) -> void:
	_epoch = epoch
	_send_by_server = send_by_server
	_line = Line.new(epoch)


## What was not acknowledged goes out again.
func go_by(to: Way, connection: Connection, now: int) -> void:
	super(to, connection, now)
	rtt_ms = -1
	_pace.reset()
	_line.rewind()
	_pump(now)


func send(bytes: PackedByteArray, mode: int, is_passed_on: bool, now: int) -> Error:
	var flags := Frame.PASSED_ON if is_passed_on else 0
	if mode != MultiplayerPeer.TRANSFER_MODE_RELIABLE:
		_send_unreliable(bytes, flags, mode, now)
		return OK
	if not _line.takes(bytes.size()):
		return ERR_OUT_OF_MEMORY
	_line.push(bytes, flags)
	_pump(now)
	return OK


func say(word: String) -> void:
	if way == Way.SERVER:
		_put(Frame.of(Frame.Kind.WORD, _epoch, 0, word.to_utf8_buffer()), way)
	else:
		super(word)


func probe(now: int) -> void:
	_put(Frame.of(Frame.Kind.PROBE, _epoch, now), way)


## The server has not passed on what was sent last, and takes nothing for so long.
func slow_down(ms: int, now: int) -> void:
	if way == Way.SERVER:
		_pace.slow_down(ms, now)
		_line.rewind()


func read(from: Connection, now: int) -> void:
	for label: String in ["reliable", "unreliable"]:
		for bytes in from.packets(label):
			receive(bytes, Way.CHANNELS, now)


## A frame came by that way, which need not be the one by which this end sends.
func receive(bytes: PackedByteArray, by: Way, now: int) -> void:
	var frame := Frame.decode(bytes)
	if frame == null or frame.epoch != _epoch:
		return
	heard.emit(by)
	match frame.kind:
		Frame.Kind.RELIABLE:
			_owed_acks += 1
			_ack_at = mini(_ack_at, now + ACK_MS)
			var whole := _line.accept(frame)
			if whole != null:
				_hand_over(whole, MultiplayerPeer.TRANSFER_MODE_RELIABLE)
		Frame.Kind.UNRELIABLE:
			if _freshness.take(frame, now):
				_hand_over(frame, MultiplayerPeer.TRANSFER_MODE_UNRELIABLE)
		Frame.Kind.ACK:
			if _line.acknowledge(frame.number):
				_pace.on_progress()
				_repeat_at = NEVER
				_pump(now)
		Frame.Kind.PROBE:
			if now - _echoed_at >= ECHO_EVERY_MS:
				_echoed_at = now
				_put(Frame.of(Frame.Kind.ECHO, _epoch, frame.number), by)
		Frame.Kind.ECHO:
			var took := Frame.difference(now, frame.number)
			if by == way and took >= 0:
				rtt_ms = took if rtt_ms < 0 else roundi(rtt_ms + (took - rtt_ms) / 4.0)
				measured.emit()
		Frame.Kind.WORD:
			word_heard.emit(frame.data.get_string_from_utf8())


func process(now: int) -> void:
	if way == Way.NONE:
		return
	if way != Way.SERVER or _line.underway() == 0:
		_repeat_at = NEVER
	elif _repeat_at == NEVER:
		_repeat_at = now + _pace.repeat_ms
	elif now >= _repeat_at:
		_repeat_at = NEVER
		_pace.on_repeat()
		_line.rewind()
	if now >= _ack_at or _owed_acks >= ACK_EVERY[way]:
		_owed_acks = 0
		_ack_at = NEVER
		_put(_line.acknowledgement(), way)
	_pump(now)


## Sends what there is, as far as the way takes it.
func _pump(now: int) -> void:
	while _line.has_next() and _is_ready(now):
		if not _put(_line.take(), way):
			_line.rewind()
			_pace.pause(CONGESTED_MS, now)


func _is_ready(now: int) -> bool:
	if way == Way.NONE or now < _pace.paused_until:
		return false
	return way == Way.CHANNELS or _pace.takes(_line.underway())


func _send_unreliable(bytes: PackedByteArray, flags: int, mode: int, now: int) -> void:
	_unreliable_sent += 1
	if way == Way.SERVER and (bytes.size() > Line.PART_BYTES or now < _pace.paused_until):
		return
	var frame := Frame.of(Frame.Kind.UNRELIABLE, _epoch, _unreliable_sent, bytes)
	frame.flags = flags
	if mode == MultiplayerPeer.TRANSFER_MODE_UNRELIABLE_ORDERED:
		frame.flags |= Frame.IN_ORDER
	frame.sent_ms = now
	_put(frame, way)


func _hand_over(whole: Frame, mode: int) -> void:
	if mode == MultiplayerPeer.TRANSFER_MODE_UNRELIABLE and whole.has(Frame.IN_ORDER):
		mode = MultiplayerPeer.TRANSFER_MODE_UNRELIABLE_ORDERED
	packet_received.emit(whole.data, mode, whole.has(Frame.PASSED_ON))


## Whether it went out.
func _put(frame: Frame, by: Way) -> bool:
	match by:
		Way.SERVER:
			return _send_by_server.call(frame.encode())
		Way.CHANNELS:
			var is_lasting := frame.kind in [Frame.Kind.RELIABLE, Frame.Kind.ACK]
			var label := "reliable" if is_lasting else "unreliable"
			return _connection != null and _connection.send(label, frame.encode()) == OK
	return false
