extends RefCounted
## The reliable packets to and from one player, over one connection after the other.
##
## A connection that breaks does not say what of the sent packets arrived. So between two clients of this kind each
## packet has a number before it (32 bits, the lowest byte first, from 1), and is kept until the other side said that
## it is there. A new connection begins with all that are kept; the other side drops those that it has.
## To other clients packets go as they are, and those that are sent while there is no connection wait for one.

## So many bytes are kept; a game that goes on sending beyond this has lost the other player.
const MAX_KEPT := 4 * 1024 * 1024
const HEADER := 4

## The number of the last packet that came, in order.
var received := 0
## Whether packets were refused, since too many are kept.
var is_full := false
var _sent := 0
## Numbers and packets that are not known to have arrived, the oldest first.
var _kept: Array[PackedByteArray] = []
var _kept_bytes := 0


## Keeps a packet until it has arrived; returns it as it goes over a numbered connection, or nothing when there is no
## room for it.
func put(packet: PackedByteArray) -> PackedByteArray:
	if _kept_bytes + packet.size() > MAX_KEPT:
		is_full = true
		return PackedByteArray()
	_sent += 1
	var numbered := PackedByteArray()
	numbered.resize(HEADER)
	numbered.encode_u32(0, _sent)
	numbered.append_array(packet)
	_kept.append(numbered)
	_kept_bytes += numbered.size()
	return numbered


## What a new connection begins with.
func kept() -> Array[PackedByteArray]:
	return _kept


## The same for one that is not numbered, over which nothing is known to arrive later.
func take_plain() -> Array[PackedByteArray]:
	var plain: Array[PackedByteArray] = []
	for numbered in _kept:
		plain.append(numbered.slice(HEADER))
	acknowledge(_sent)
	return plain


## The other side has all up to this number.
func acknowledge(number: int) -> void:
	while not _kept.is_empty() and _kept[0].decode_u32(0) <= number:
		_kept_bytes -= _kept[0].size()
		_kept.pop_front()
	is_full = false


## A packet as it came over a numbered connection: what is in it, or null when it came before.
func take(numbered: PackedByteArray) -> Variant:
	if numbered.size() < HEADER or numbered.decode_u32(0) != received + 1:
		return null
	received += 1
	return numbered.slice(HEADER)
