extends RefCounted
## One end of the line of reliable messages between two players, whichever way it runs: numbered, kept until they are
## acknowledged, sent again after a change of way, and taken once and in order. "Sent" is not "received": nobody knows
## what a dead way delivered.

const Frame := preload("frame.gd")

## A message of more is sent in parts: through the server they fit into what any Nakama takes as one message.
const PART_BYTES := 2000
## So many bytes are kept; a game that goes on sending beyond this has lost the other player.
const KEPT_BYTES := 4 * 1024 * 1024
## No honest sender says more in one message.
const MESSAGE_BYTES := 1024 * 1024

## Of what was not acknowledged.
var kept_bytes := 0
var _epoch: int
## From the first that is not acknowledged on.
var _kept: Array[Frame] = []
var _first_kept: int
## Of the part to be sent next, once more or for the first time.
var _next: int
## Of the part that is to come next.
var _expected: int
var _parts := PackedByteArray()
var _parts_bytes := 0


func _init(epoch: int, first := 1) -> void:
	_epoch = epoch
	_first_kept = first
	_next = first
	_expected = first


## How many parts were sent and not acknowledged.
func underway() -> int:
	return _next - _first_kept


func has_next() -> bool:
	return _next < _first_kept + _kept.size()


## Whether so much more can be kept.
func takes(bytes: int) -> bool:
	return kept_bytes + bytes <= KEPT_BYTES


## A message to be sent.
func push(message: PackedByteArray, flags := 0) -> void:
	var start := 0
	while start == 0 or start < message.size():
		var end := mini(start + PART_BYTES, message.size())
		var number := _first_kept + _kept.size()
		var part := Frame.of(Frame.Kind.RELIABLE, _epoch, number, message.slice(start, end))
		part.flags = flags | (Frame.LAST if end == message.size() else 0)
		_kept.append(part)
		start = maxi(end, 1)
	kept_bytes += message.size()


## The next part to go out; null when all have gone.
func take() -> Frame:
	if not has_next():
		return null
	_next += 1
	return _kept[_next - 1 - _first_kept]


## What went out by another way, or was not passed on, goes out again.
func rewind() -> void:
	_next = _first_kept


## The other end has all before this number. Returns whether that is news; what cannot be is none.
func acknowledge(bits: int) -> bool:
	var number := Frame.nearest(bits, _first_kept)
	var count := number - _first_kept
	if count <= 0 or count > _kept.size():
		return false
	for part: Frame in _kept.slice(0, count):
		kept_bytes -= part.data.size()
	_kept = _kept.slice(count)
	_first_kept = number
	_next = maxi(_next, number)
	return true


## A part has come: the message that it completes, as a frame, or null. Whatever is not the next one is dropped.
func accept(part: Frame) -> Frame:
	if Frame.nearest(part.number, _expected) != _expected:
		return null
	_expected += 1
	_parts_bytes += part.data.size()
	if _parts_bytes <= MESSAGE_BYTES:
		_parts.append_array(part.data)
	if not part.has(Frame.LAST):
		return null
	var is_whole := _parts_bytes == _parts.size()
	var whole := Frame.of(Frame.Kind.RELIABLE, _epoch, part.number, _parts)
	whole.flags = part.flags
	_parts = PackedByteArray()
	_parts_bytes = 0
	return whole if is_whole else null


## Says what has come.
func acknowledgement() -> Frame:
	return Frame.of(Frame.Kind.ACK, _epoch, _expected)
