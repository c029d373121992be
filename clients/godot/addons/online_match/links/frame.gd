extends RefCounted
## What two clients that number their data send each other, on a data channel or through the server.
##
## It begins with its kind, the link's epoch, flags, and a number of 32 bits, the lowest byte first.

## RELIABLE: a part of a message that is kept until it is acknowledged. UNRELIABLE: a message that may be lost; its
## time of sending comes before the data. ACK: all reliable ones before the number have come. PROBE asks for an ECHO
## at once, the number is the time. WORD: of the clients, of which the games know nothing.
enum Kind { NONE, RELIABLE, UNRELIABLE, ACK, PROBE, ECHO, WORD }

const Frame := preload("frame.gd")

const HEAD := 7
const TIME := 4

## Flags: the last part of its message; text of a client that knows such; a message that is of no use after a later
## one; a message for or from another player than the two of the link (see star.gd).
const LAST := 1
const TEXT := 2
const IN_ORDER := 4
const PASSED_ON := 8

var kind := Kind.NONE
## Tells frames of before a restart of one of the two games from those after it.
var epoch := 0
var flags := 0
## Modulo 2³².
var number := 0
## Of an unreliable one, in ms by the sender's clock, modulo 2³².
var sent_ms := 0
var data := PackedByteArray()


static func of(with_kind: Kind, with_epoch: int, with_number := 0, with_data := PackedByteArray()) -> Frame:
	var made := Frame.new()
	made.kind = with_kind
	made.epoch = with_epoch
	made.number = with_number
	made.data = with_data
	return made


func encode() -> PackedByteArray:
	var bytes := PackedByteArray()
	bytes.resize(HEAD + (TIME if kind == Kind.UNRELIABLE else 0))
	bytes[0] = kind
	bytes[1] = epoch
	bytes[2] = flags
	bytes.encode_u32(3, number & 0xFFFFFFFF)
	if kind == Kind.UNRELIABLE:
		bytes.encode_u32(HEAD, sent_ms & 0xFFFFFFFF)
	bytes.append_array(data)
	return bytes


## Null where it is none.
static func decode(bytes: PackedByteArray) -> Frame:
	if bytes.is_empty() or bytes[0] == Kind.NONE or bytes[0] > Kind.WORD:
		return null
	var head := HEAD + (TIME if bytes[0] == Kind.UNRELIABLE else 0)
	if bytes.size() < head:
		return null
	var made := of(bytes[0] as Kind, bytes[1], bytes.decode_u32(3), bytes.slice(head))
	made.flags = bytes[2]
	if made.kind == Kind.UNRELIABLE:
		made.sent_ms = bytes.decode_u32(HEAD)
	return made


func has(flag: int) -> bool:
	return flags & flag != 0


## The number near to another that has these 32 lowest bits: so the line of numbers has no end.
static func nearest(bits: int, near: int) -> int:
	return near + difference(bits, near)


## Of two numbers modulo 2³².
static func difference(a: int, b: int) -> int:
	var found := (a - b) & 0xFFFFFFFF
	return found - (1 << 32) if found >= 1 << 31 else found
