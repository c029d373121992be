extends RefCounted
## 9003: why a player may not stay.

const Fields := preload("fields.gd")
const Failure := preload("../failure.gd")


## Null where it is none, or is for somebody else.
static func decode(text: String, own_session_id: String) -> Failure:
	var fields := Fields.object_in(text)
	if own_session_id == "" or Fields.text_in(fields, "target") != own_session_id:
		return null
	var code := Fields.text_in(fields, "refusal", "unknown")
	return Failure.new(code, Fields.text_in(fields, "reason", "You cannot stay in this match."))
