//! WebRTCPeerConnection and WebRTCDataChannel of Godot 4 over libdatachannel, which Godot's own webrtc-native uses too.
//!
//! libdatachannel calls back on threads of its own. Nothing of Godot is touched there: what happens goes into queues,
//! which `poll()` and `get_packet()` empty on Godot's thread.
mod data_channel;
mod handles;
mod peer_connection;

use godot::classes::WebRtcPeerConnection;
use godot::prelude::*;

struct Extension;

#[gdextension]
unsafe impl ExtensionLibrary for Extension {
    fn on_stage_init(stage: InitStage) {
        if stage == InitStage::Scene {
            WebRtcPeerConnection::set_default_extension("LibPeerConnection");
        }
    }

    fn on_stage_deinit(stage: InitStage) {
        if stage == InitStage::Scene {
            handles::delete_all();
        }
    }
}
