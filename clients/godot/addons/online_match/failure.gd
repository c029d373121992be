class_name OnlineMatchFailure
extends RefCounted
## Why something could not be done: a code for programs, a sentence for people.
##
## The codes are the server's (its docs/protocol.md lists them) and these: [code]timed-out[/code],
## [code]left[/code], [code]disconnected[/code], [code]unsupported[/code] (a Nakama without the module),
## [code]not-in-a-match[/code], [code]not-ready[/code], [code]not-host[/code] and [code]unknown[/code].

## Nakama's own messages, which have no code.
const CODE_OF_MESSAGE := {
	"Match not found": "match-not-found",
	"Invalid match ID": "match-not-found",
	"No match ID or token found": "match-not-found",
	"Invalid match token": "match-not-found",
	"Match is not currently accepting join requests": "busy",
	"Error adding to matchmaker": "bad-request",
	"RPC function not found": "unsupported",
	# nakama-godot's word for requests that were open when the socket closed
	"Request cancelled.": "disconnected",
}
## Nakama's numbers of errors on a socket.
const CODE_OF_STATUS := {3: "bad-request", 4: "match-not-found", 5: "join-rejected", 6: "unsupported"}
const SENTENCE_OF_CODE := {
	"match-not-found": "There is no such match, or it has ended.",
	"unsupported": "This server has no online matches: its Nakama runs without the module.",
	"disconnected": "The connection to the server was lost.",
}

var code: String
## A sentence that can be shown to the player.
var message: String


func _init(with_code: String, with_message: String) -> void:
	code = with_code
	message = with_message


## From what nakama-godot gives: the server's refusals are [code]code: sentence[/code].
static func from_exception(exception: Variant) -> OnlineMatchFailure:
	var text: String = exception.message
	var form := RegEx.create_from_string("^([a-z]+(?:-[a-z]+)*): (.+)$")
	var found := form.search(text)
	if found != null:
		return OnlineMatchFailure.new(found.get_string(1), found.get_string(2))
	var known: String = CODE_OF_STATUS.get(exception.status_code, "unknown")
	known = CODE_OF_MESSAGE.get(text, known)
	return OnlineMatchFailure.new(known, SENTENCE_OF_CODE.get(known, text))


func _to_string() -> String:
	return "%s: %s" % [code, message]
