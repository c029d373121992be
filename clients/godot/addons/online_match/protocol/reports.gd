extends RefCounted
## What this client tells the server of links and of itself: 9011 and 9012. And what the server tells one player alone:
## what a new host is given, 9014, and to send more slowly, 9017.

const Fields := preload("fields.gd")


## [param state] is "connecting", "connected" or "failed"; silent: the link stands, and the host's game is still.
## [param via] is "turn", "server" or empty; [param rtt_ms] -1 where it is not known.
static func link(session_id: String, state: String, is_silent := false, via := "", rtt_ms := -1) -> String:
	var fields := {"peer": session_id, "state": state}
	if is_silent:
		fields.silent = true
	if via != "":
		fields.via = via
	if rtt_ms >= 0:
		fields.rtt_ms = rtt_ms
	return JSON.stringify(fields)


static func status(fields: Dictionary) -> String:
	return JSON.stringify(fields)


## A 9014 as [code]{term, sequence, data}[/code], the data as bytes; empty where it is none.
static func checkpoint(text: String) -> Dictionary:
	var fields := Fields.object_in(text)
	var data := Fields.text_in(fields, "data")
	if data == "" or not fields.get("term") is float or not fields.get("sequence") is float:
		return {}
	return {
		"term": int(fields.term),
		"sequence": int(fields.sequence),
		"data": Marshalls.base64_to_raw(data),
	}


## A 9017: for how many milliseconds the server takes nothing; -1 where it is none.
static func slow_down(text: String) -> int:
	var ms: Variant = Fields.object_in(text).get("slow_down")
	return ceili(ms) if ms is float and ms >= 0.0 else -1
