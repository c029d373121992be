extends RefCounted
## The ICE servers of a match: the game's own, else those of the server, whose logins are kept fresh.

const Fields := preload("../protocol/fields.gd")
const Requests := preload("requests.gd")

## Logins are fetched anew after this part of their time.
const REFRESH_AT := 0.8
const RETRY_MS := 10_000

var servers: Array
var _is_own: bool
var _requests: Requests
var _refresh_at := -1
var _is_asking := false


func _init(own: Array, requests: Requests) -> void:
	servers = own
	_is_own = not own.is_empty()
	_requests = requests


## Takes what the server sent; [param expires_in] is in seconds, -1 for never.
func replace(given: Array, expires_in: int) -> void:
	if _is_own:
		return
	servers = given
	_refresh_at = -1
	if expires_in >= 0:
		var wait := maxi(RETRY_MS, int(expires_in * 1000 * REFRESH_AT))
		_refresh_at = Time.get_ticks_msec() + wait


func process(socket: Variant) -> void:
	if _refresh_at >= 0 and Time.get_ticks_msec() >= _refresh_at and not _is_asking:
		_refresh(socket)


func _refresh(socket: Variant) -> void:
	_is_asking = true
	var answer: Variant = await _requests.ask(Callable(socket, "rpc_async").bind("get_ice_servers", ""))
	_is_asking = false
	_refresh_at = Time.get_ticks_msec() + RETRY_MS
	if answer is OnlineMatchFailure:
		return
	var response := Fields.object_of(Fields.object_in(answer.payload), "response")
	var given: Variant = response.get("ice_servers")
	if given is Array:
		replace(given, Fields.int_in(response, "expires_in", -1))
