extends RefCounted
## The link to one player: it outlives its connections, and both players' sockets.

## The [enum OnlineMatchPlayer.Status] or the way is another one.
signal status_changed
## The other player's game stands still while the link stands, or goes on again.
signal silence_changed
## [member rtt_ms] was measured anew.
signal measured
## To be sent to the other player.
signal signal_made(made: PeerSignal)
signal connection_added(raw: WebRTCPeerConnection)
signal connection_removed(raw: WebRTCPeerConnection)
## [param is_passed_on]: it is for or from another player than the two of the link.
signal packet_received(bytes: PackedByteArray, mode: int, is_passed_on: bool)

const Carrier := preload("carrier.gd")
const Connection := preload("connection.gd")
const FramedCarrier := preload("framed_carrier.gd")
const LadderRepair := preload("ladder_repair.gd")
const Negotiation := preload("negotiation.gd")
const PeerSignal := preload("../protocol/peer_signal.gd")
const PlainCarrier := preload("plain_carrier.gd")
const PlainRepair := preload("plain_repair.gd")
const Player := preload("../player.gd")
const Pulse := preload("pulse.gd")
const Repair := preload("repair.gd")

var status: Player.Status:
	get:
		return _repair.status
## "server", "turn", or empty where that is not known.
var via: String:
	get:
		if _repair.step == Repair.Step.SERVER:
			return "server"
		return "turn" if _negotiation.is_by_turn() else ""
## Milliseconds there and back; -1 while that is not known.
var rtt_ms: int:
	get:
		return _carrier.rtt_ms
## The present one.
var connection: Connection:
	get:
		return _negotiation.connection
var is_offerer: bool:
	get:
		return _negotiation.is_offerer
	set(value):
		_negotiation.is_offerer = value
var is_silent := false
## Whether both clients pass on in a star what players say to each other: see star.gd.
var can_pass_on: bool
var _negotiation: Negotiation
var _carrier: Carrier
var _repair: Repair
var _pulse := Pulse.new()
var _was_up := false
var _is_closed := false


## [param settings] is of negotiation.gd. [param can]: what both clients can. [param epoch]: the same at both ends, and
## another after a restart of one of the two games. [param send_by_server] takes a frame's bytes, and returns whether
## it went out.
func _init(settings: Callable, can: Array, epoch: int, send_by_server: Callable) -> void:
	_negotiation = Negotiation.new(settings)
	_negotiation.signal_made.connect(signal_made.emit)
	_negotiation.connection_added.connect(connection_added.emit)
	_negotiation.connection_removed.connect(connection_removed.emit)
	_negotiation.begun.connect(_on_begun)
	_negotiation.asked.connect(_on_asked)
	can_pass_on = can.has("pass_on")
	var is_framed := can.has("fallback") or can_pass_on
	_carrier = FramedCarrier.new(epoch, send_by_server) if is_framed else PlainCarrier.new()
	_carrier.packet_received.connect(_on_packet)
	_carrier.word_heard.connect(_on_word)
	_carrier.heard.connect(_on_heard)
	_carrier.measured.connect(measured.emit)
	var kind: GDScript = LadderRepair if can.has("fallback") else PlainRepair
	_repair = kind.new(_negotiation, _carrier)
	_repair.changed.connect(_on_changed)


func begin() -> void:
	_repair.begin(_now())


func on_signal(made: PeerSignal) -> void:
	if not _is_closed:
		_negotiation.on_signal(made)


## A frame that came through the server.
func on_frame(bytes: PackedByteArray) -> void:
	if not _is_closed and _carrier is FramedCarrier:
		(_carrier as FramedCarrier).receive(bytes, Carrier.Way.SERVER, _now())


## The server takes nothing for so long.
func slow_down(ms: int) -> void:
	if _carrier is FramedCarrier:
		(_carrier as FramedCarrier).slow_down(ms, _now())


## Whether the other player has lost their socket, or this one has: then no signal would arrive.
func set_waiting(is_waiting: bool) -> void:
	if is_waiting and not _repair.is_waiting:
		_pulse.doubt(_now())
	_repair.is_waiting = is_waiting


## Signals reach the other player again: what broke meanwhile is made anew.
func on_reachable() -> void:
	if not _is_closed:
		_repair.on_reachable(is_silent, _now())


func process(now: int) -> void:
	var present := connection
	if present != null:
		present.poll(now)
	_repair.process(now)
	present = connection
	if present != null and present.state == Connection.State.OPEN:
		for word in present.words():
			_on_word(word)
		_carrier.read(present, now)
	_carrier.process(now)
	if status == Player.Status.CONNECTED:
		_check_pulse(now)


func send(bytes: PackedByteArray, mode: int, is_passed_on := false) -> Error:
	return _carrier.send(bytes, mode, is_passed_on, _now())


func close() -> void:
	_is_closed = true
	_repair.is_waiting = true
	_negotiation.drop()


func _on_begun() -> void:
	_repair.on_begun(_now())


func _on_asked() -> void:
	_repair.on_asked()


func _on_word(word: String) -> void:
	match word:
		Pulse.PING:
			_carrier.say(Pulse.PONG)
		Pulse.PONG:
			_pulse.answered(_now())


## Only what a game says shows that it goes on: other clients acknowledge and echo without it.
func _on_packet(bytes: PackedByteArray, mode: int, is_passed_on: bool) -> void:
	_pulse.heard(_now())
	packet_received.emit(bytes, mode, is_passed_on)


func _on_heard(way: Carrier.Way) -> void:
	_repair.on_heard(way, _now())


func _on_changed() -> void:
	var is_up := status == Player.Status.CONNECTED
	if is_up and not _was_up:
		_pulse.begin(_now())
	_was_up = is_up
	if not _is_closed:
		status_changed.emit()


func _check_pulse(now: int) -> void:
	var is_by_server := _carrier.way == Carrier.Way.SERVER
	if _pulse.is_due(now, Pulse.PING_BY_SERVER_EVERY_MS if is_by_server else Pulse.PING_EVERY_MS):
		_carrier.say(Pulse.PING)
		if not is_by_server:
			_carrier.probe(now)
	if is_silent != _pulse.is_silent(now):
		is_silent = not is_silent
		silence_changed.emit()


static func _now() -> int:
	return Time.get_ticks_msec()
