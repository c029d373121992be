extends RefCounted
## 9001: a WebRTC description, a candidate or a request to reconnect.

enum Kind { DESCRIPTION, CANDIDATE, RECONNECT }

const Fields := preload("fields.gd")
const PeerSignal := preload("peer_signal.gd")

var kind := Kind.RECONNECT
## Which of a link's connections is meant: the number of the offer that it began with; in a request to reconnect
## from the side that makes the offers, the one to come. 0 where the other client does not say it.
var connection := 0
## Of a description: "offer" or "answer".
var type := ""
var sdp := ""
## An offer's number, which its answer repeats; 0 where the other client does not say it.
var offer_number := 0
var media := ""
var index := 0
## Of a candidate: its line.
var name := ""


static func description(of_type: String, with_sdp: String, number: int) -> PeerSignal:
	var made := PeerSignal.new()
	made.kind = Kind.DESCRIPTION
	made.type = of_type
	made.sdp = with_sdp
	made.offer_number = number
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
	made.connection = number
	return made


func encode(target: String) -> String:
	var fields := {"target": target}
	match kind:
		Kind.DESCRIPTION:
			fields.merge({"method": "set_remote_description", "type": type, "sdp": sdp})
			if offer_number > 0:
				fields.offer_number = offer_number
		Kind.CANDIDATE:
			fields.merge({"method": "add_ice_candidate", "media": media, "index": index, "name": name})
		Kind.RECONNECT:
			fields.method = "reconnect"
	if connection > 0:
		fields.connection = connection
	return JSON.stringify(fields)


## Null where it is none, is for none of these session ids, or a field is missing.
static func decode(text: String, own_sessions: Array[String]) -> PeerSignal:
	var fields := Fields.object_in(text)
	if Fields.text_in(fields, "target") not in own_sessions:
		return null
	var made := _decode(fields)
	if made != null:
		made.connection = Fields.int_in(fields, "connection")
	return made


static func _decode(fields: Dictionary) -> PeerSignal:
	match fields.get("method"):
		"set_remote_description":
			var of_type := Fields.text_in(fields, "type")
			var with_sdp := Fields.text_in(fields, "sdp")
			if of_type not in ["offer", "answer"] or with_sdp == "":
				return null
			return description(of_type, with_sdp, Fields.int_in(fields, "offer_number"))
		"add_ice_candidate":
			var of_media: Variant = fields.get("media")
			var at_index: Variant = fields.get("index")
			var line: Variant = fields.get("name")
			if not (of_media is String and at_index is float and line is String):
				return null
			return candidate(of_media, int(at_index), line)
		"reconnect":
			return reconnect(0)
	return null
