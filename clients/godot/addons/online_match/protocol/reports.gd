extends RefCounted
## What this client tells the server of links and of itself: 9011 and 9012, and what a new host is given: 9014.

const Fields := preload("fields.gd")


## [param state] is "connecting", "connected" or "failed"; silent: the link stands, and the host's game is still.
static func link(session_id: String, state: String, is_silent: bool) -> String:
	var fields := {"peer": session_id, "state": state}
	if is_silent:
		fields.silent = true
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
