extends RefCounted
## Asks the server about matches that this player is not in.

const Fields := preload("../protocol/fields.gd")
const Requests := preload("requests.gd")


## The answer as a Dictionary, or an [OnlineMatchFailure].
static func ask(tree: SceneTree, socket: Variant, id: String, request: Dictionary) -> Variant:
	var requests := Requests.new(tree)
	var answer: Variant = await requests.ask(Callable(socket, "rpc_async").bind(id, JSON.stringify(request)))
	return answer if answer is OnlineMatchFailure else Fields.object_in(answer.payload)


static func page_in(answer: Dictionary) -> Dictionary:
	var matches := Fields.list_in(answer, "matches")
	return {"matches": matches, "cursor": Fields.text_in(answer, "cursor")}
