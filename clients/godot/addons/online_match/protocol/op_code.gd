extends RefCounted
## Numbers of match data. Up to 9003 they are the addon's of old; the rest is this server's.

## A WebRTC description, candidate or request to reconnect, for one player.
const WEBRTC_PEER_METHOD := 9001
## Who is in. The snapshots tell the same and more, so it is not read here.
const JOIN_SUCCESS := 9002
## Why a player may not stay.
const JOIN_ERROR := 9003
## The room as it is: a snapshot.
const ROOM := 9010
## How far the link to another player is.
const LINK := 9011
## What a player says of themselves.
const STATUS := 9012
## The game's state, from the host.
const CHECKPOINT := 9013
## The newest of these, to a new host.
const CHECKPOINT_RESTORED := 9014
## A frame of data for one player, where no connection comes up: see links/frame.gd.
const FALLBACK := 9015
## To whoever sends too much of it.
const SLOW_DOWN := 9017
## Whether the host's game goes on; answered with the same.
const HOST_CHECK := 9018
