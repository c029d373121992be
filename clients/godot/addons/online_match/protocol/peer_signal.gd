extends RefCounted
## 9001: a WebRTC description, a candidate or a request to reconnect.

enum Kind { DESCRIPTION, CANDIDATE, RECONNECT }

const Fields := preload("fields.gd")
const PeerSignal := preload("peer_signal.gd")

var kind := Kind.RECONNECT
## Of a description: "offer" or "answer".
var type := ""
var sdp := ""
## An offer's number, which its answer repeats, and the number of the offer that a request to reconnect gives up.
## 0 where the other client does not say it.
var offer_number := 0
## Of a description: whether its sender numbers reliable packets and answers pings: see links/stream.gd.
var numbered := false
var media := ""
var index := 0
## Of a candidate: its line.
var name := ""


static func description(of_type: String, with_sdp: String, number: int, is_numbered := true) -> PeerSignal:
	var made := PeerSignal.new()
	made.kind = Kind.DESCRIPTION
	made.type = of_type
	made.sdp = with_sdp
	made.offer_number = number
	made.numbered = is_numbered
	return made


static func candidate(of_media: String, at_index: int, line: String) -> PeerSignal:
	var made := PeerSignal.new()
	made.kind = Kind.CANDIDATE
	made.media = of_media
	made.index = at_index
	made.name = line
	return made


static func reconnect(number: int) -> PeerSignal:
	var made := PeerSignal.new()
	made.offer_number = number
	return made


func encode(target: String) -> String:
	var fields := {"target": target}
	match kind:
		Kind.DESCRIPTION:
			fields.merge({"method": "set_remote_description", "type": type, "sdp": sdp})
			if numbered:
				fields.numbered = true
		Kind.CANDIDATE:
			fields.merge({"method": "add_ice_candidate", "media": media, "index": index, "name": name})
		Kind.RECONNECT:
			fields.method = "reconnect"
	if offer_number > 0:
		fields.offer_number = offer_number
	return JSON.stringify(fields)


## Null where it is none, is for somebody else, or a field is missing.
static func decode(text: String, own_session_id: String) -> PeerSignal:
	var fields := Fields.object_in(text)
	if Fields.text_in(fields, "target") != own_session_id or own_session_id == "":
		return null
	var number := Fields.int_in(fields, "offer_number")
	match fields.get("method"):
		"set_remote_description":
			var of_type := Fields.text_in(fields, "type")
			var with_sdp := Fields.text_in(fields, "sdp")
			if of_type not in ["offer", "answer"] or with_sdp == "":
				return null
			return description(of_type, with_sdp, number, Fields.flag_in(fields, "numbered"))
		"add_ice_candidate":
			var line: Variant = fields.get("name")
			if not (fields.get("media") is String and fields.get("index") is float):
				return null
			if not line is String:
				return null
			return candidate(fields.media, int(fields.index), line)
		"reconnect":
			return reconnect(number)
	return null
