extends RefCounted
## One WebRTCPeerConnection with its channels. A link that is made anew gets another.

## To be sent to the other player.
signal signal_made(made: PeerSignal)

enum State { CONNECTING, OPEN, BROKEN }

const PeerSignal := preload("../protocol/peer_signal.gd")
const IceRules := preload("ice_rules.gd")

## Those of Godot's own WebRTCMultiplayerPeer.
const CHANNELS := {
	"reliable": {"negotiated": true, "id": 1},
	"ordered": {"negotiated": true, "id": 2, "maxPacketLifeTime": 1},
	"unreliable": {"negotiated": true, "id": 3, "maxPacketLifeTime": 1, "ordered": false},
}
## Another one, by which clients that announced themselves talk about the link. No link waits for it.
const WORDS := {"negotiated": true, "id": 100, "maxRetransmits": 0, "ordered": false}
## The network may come back by itself within this time.
const INTERRUPTION_MS := 5000

var raw := WebRTCPeerConnection.new()
var state := State.CONNECTING
## Of the offer that it began with, its own or the other player's.
var offer_number := 0
## Whether the other player's description is in.
var is_described := false
var _relay: int
## What holds for this end's own addresses.
var _own_relay: int
var _channels := {}
var _words: WebRTCDataChannel
var _candidates: Array[PeerSignal] = []
var _fingerprint := ""
var _interrupted_at := 0


## [param is_turn_only]: this end goes through a TURN server alone, whatever the other does.
func _init(ice_servers: Array, relay: int, has_words: bool, is_turn_only := false) -> void:
	_relay = relay
	_own_relay = IceRules.Relay.FORCED if is_turn_only else relay
	if raw.initialize({"iceServers": IceRules.servers(relay, ice_servers)}) != OK:
		state = State.BROKEN
		return
	for label: String in CHANNELS:
		var channel := raw.create_data_channel(label, CHANNELS[label])
		if channel == null:
			state = State.BROKEN
			return
		channel.write_mode = WebRTCDataChannel.WRITE_MODE_BINARY
		_channels[label] = channel
	if has_words:
		_words = raw.create_data_channel("words", WORDS)
	if _words != null:
		_words.write_mode = WebRTCDataChannel.WRITE_MODE_TEXT
	raw.session_description_created.connect(_on_description_created)
	raw.ice_candidate_created.connect(_on_candidate_created)


func offer(number: int) -> void:
	offer_number = number
	if state == State.CONNECTING and raw.create_offer() != OK:
		state = State.BROKEN


## Takes the other player's offer, which is answered, or their answer.
func accept(described: PeerSignal) -> void:
	if state == State.BROKEN:
		return
	is_described = true
	_fingerprint = _fingerprint_in(described.sdp)
	if described.type == "offer":
		offer_number = described.offer_number
	var sdp := IceRules.cleaned(_relay, described.sdp)
	if raw.set_remote_description(described.type, sdp) != OK:
		state = State.BROKEN
		return
	for candidate in _candidates:
		add_candidate(candidate)
	_candidates.clear()


func add_candidate(candidate: PeerSignal) -> void:
	if state == State.BROKEN or not IceRules.allows(_relay, candidate.name):
		return
	if is_described:
		# A late one of an earlier connection may be refused, which does no harm.
		raw.add_ice_candidate(candidate.media, candidate.index, candidate.name)
	elif _candidates.size() < 64:
		_candidates.append(candidate)


## Whether an offer is one more for the connection at the other end of this one, as an ICE restart is.
func is_restarted_by(made: PeerSignal) -> bool:
	if made.connection > 0 and made.offer_number > 0:
		return made.offer_number != made.connection
	return is_described and _fingerprint == _fingerprint_in(made.sdp)


func poll(now: int) -> void:
	if state == State.BROKEN:
		return
	raw.poll()
	var open := 0
	for channel: WebRTCDataChannel in _channels.values():
		channel.poll()
		match channel.get_ready_state():
			WebRTCDataChannel.STATE_OPEN:
				open += 1
			WebRTCDataChannel.STATE_CLOSING, WebRTCDataChannel.STATE_CLOSED:
				state = State.BROKEN
	if _words != null:
		_words.poll()
	match raw.get_connection_state():
		WebRTCPeerConnection.STATE_FAILED, WebRTCPeerConnection.STATE_CLOSED:
			state = State.BROKEN
		WebRTCPeerConnection.STATE_DISCONNECTED:
			if _interrupted_at == 0:
				_interrupted_at = now
			elif now - _interrupted_at >= INTERRUPTION_MS:
				state = State.BROKEN
		_:
			_interrupted_at = 0
	if open == CHANNELS.size() and state == State.CONNECTING:
		state = State.OPEN


## Of a channel; each packet is handed out once.
func packets(label: String) -> Array[PackedByteArray]:
	var found: Array[PackedByteArray] = []
	var channel: WebRTCDataChannel = _channels.get(label)
	while channel != null and channel.get_available_packet_count() > 0:
		found.append(channel.get_packet())
	return found


func send(label: String, bytes: PackedByteArray) -> Error:
	if state != State.OPEN:
		return ERR_UNAVAILABLE
	var channel: WebRTCDataChannel = _channels[label]
	return channel.put_packet(bytes)


func words() -> Array[String]:
	var found: Array[String] = []
	while _words != null and _words.get_available_packet_count() > 0:
		found.append(_words.get_packet().get_string_from_utf8())
	return found


func say(word: String) -> void:
	if _words != null and _words.get_ready_state() == WebRTCDataChannel.STATE_OPEN:
		_words.put_packet(word.to_utf8_buffer())


func is_by_turn() -> bool:
	return _own_relay == IceRules.Relay.FORCED


func close() -> void:
	state = State.BROKEN
	raw.close()


func _on_description_created(type: String, sdp: String) -> void:
	if raw.set_local_description(type, sdp) != OK:
		state = State.BROKEN
		return
	signal_made.emit(PeerSignal.description(type, IceRules.cleaned(_own_relay, sdp), offer_number))


func _on_candidate_created(media: String, index: int, line: String) -> void:
	if IceRules.allows(_own_relay, line):
		signal_made.emit(PeerSignal.candidate(media, index, line))


static func _fingerprint_in(sdp: String) -> String:
	for line in sdp.split("\n"):
		if line.begins_with("a=fingerprint:"):
			return line.strip_edges()
	return ""
