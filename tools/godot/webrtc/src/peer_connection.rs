//! WebRTCPeerConnection.
use crate::data_channel::{self, LibDataChannel};
use crate::handles::{c_string, delete, error_of, keep, rust_string, text_in, value_in};
use datachannel_sys as rtc;
use godot::classes::web_rtc_peer_connection::{ConnectionState, GatheringState, SignalingState};
use godot::classes::{
    IWebRtcPeerConnectionExtension, WebRtcDataChannel, WebRtcPeerConnectionExtension,
};
use godot::global::Error;
use godot::prelude::*;
use std::collections::VecDeque;
use std::ffi::{c_char, c_int, c_void, CString};
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Mutex;

/// What Godot has to hear of.
enum Event {
    Description { kind: String, sdp: String },
    Candidate { media: String, line: String },
    Channel(c_int),
}

/// What libdatachannel's threads write and Godot's thread reads.
#[derive(Default)]
struct Shared {
    events: Mutex<VecDeque<Event>>,
    connection: AtomicI32,
    gathering: AtomicI32,
    signaling: AtomicI32,
}

unsafe fn shared<'a>(pointer: *mut c_void) -> &'a Shared {
    &*(pointer as *const Shared)
}

unsafe extern "C" fn on_description(_: c_int, sdp: *const c_char, kind: *const c_char, to: *mut c_void) {
    let event = Event::Description { kind: rust_string(kind), sdp: rust_string(sdp) };
    shared(to).events.lock().unwrap().push_back(event);
}

unsafe extern "C" fn on_candidate(_: c_int, line: *const c_char, media: *const c_char, to: *mut c_void) {
    let event = Event::Candidate { media: rust_string(media), line: rust_string(line) };
    shared(to).events.lock().unwrap().push_back(event);
}

unsafe extern "C" fn on_channel(_: c_int, channel: c_int, to: *mut c_void) {
    data_channel::listen(channel); // before this returns, or its first messages are lost
    shared(to).events.lock().unwrap().push_back(Event::Channel(channel));
}

unsafe extern "C" fn on_connection(_: c_int, state: rtc::rtcState, to: *mut c_void) {
    shared(to).connection.store(state as i32, SeqCst);
}

unsafe extern "C" fn on_gathering(_: c_int, state: rtc::rtcGatheringState, to: *mut c_void) {
    shared(to).gathering.store(state as i32, SeqCst);
}

unsafe extern "C" fn on_signaling(_: c_int, state: rtc::rtcSignalingState, to: *mut c_void) {
    shared(to).signaling.store(state as i32, SeqCst);
}

#[derive(GodotClass)]
#[class(tool, base = WebRtcPeerConnectionExtension)]
struct LibPeerConnection {
    base: Base<WebRtcPeerConnectionExtension>,
    handle: c_int,
    /// Never freed: a thread of libdatachannel may still hold it after the connection is closed.
    shared: &'static Shared,
}

impl LibPeerConnection {
    fn open(&mut self, servers: &[CString]) -> Error {
        delete(self.handle);
        self.shared = Box::leak(Box::default());
        let mut urls: Vec<*const c_char> = servers.iter().map(|url| url.as_ptr()).collect();
        unsafe {
            let mut config: rtc::rtcConfiguration = std::mem::zeroed();
            config.iceServers = urls.as_mut_ptr();
            config.iceServersCount = urls.len() as c_int;
            config.disableAutoNegotiation = true;
            self.handle = rtc::rtcCreatePeerConnection(&config);
            if self.handle < 0 {
                return Error::FAILED;
            }
            keep(self.handle);
            rtc::rtcSetUserPointer(self.handle, self.shared as *const Shared as *mut c_void);
            rtc::rtcSetLocalDescriptionCallback(self.handle, Some(on_description));
            rtc::rtcSetLocalCandidateCallback(self.handle, Some(on_candidate));
            rtc::rtcSetDataChannelCallback(self.handle, Some(on_channel));
            rtc::rtcSetStateChangeCallback(self.handle, Some(on_connection));
            rtc::rtcSetGatheringStateChangeCallback(self.handle, Some(on_gathering));
            rtc::rtcSetSignalingStateChangeCallback(self.handle, Some(on_signaling));
        }
        Error::OK
    }
}

/// As in a URL; a login of this project's servers has a colon in its name.
fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// libdatachannel's C interface takes a TURN login inside the URL: `turn:user:password@host:port`.
fn ice_urls(server: &VarDictionary) -> Option<Vec<CString>> {
    let urls = server.get("urls")?;
    let urls: Vec<String> = match urls.try_to::<VarArray>() {
        Ok(many) => many.iter_shared().map(|url| url.to_string()).collect(),
        Err(_) => vec![urls.to_string()],
    };
    let user = percent_encoded(&text_in(server, "username"));
    let password = percent_encoded(&text_in(server, "credential"));
    let with_login = |url: String| match url.split_once(':') {
        Some((scheme, rest)) if !user.is_empty() => format!("{scheme}:{user}:{password}@{rest}"),
        _ => url,
    };
    Some(urls.into_iter().map(|url| c_string(with_login(url))).collect())
}

#[godot_api]
impl IWebRtcPeerConnectionExtension for LibPeerConnection {
    fn init(base: Base<WebRtcPeerConnectionExtension>) -> Self {
        let mut this = Self { base, handle: -1, shared: Box::leak(Box::default()) };
        this.open(&[]);
        this
    }

    fn initialize(&mut self, config: VarDictionary) -> Error {
        let mut urls = vec![];
        for server in value_in::<VarArray>(&config, "iceServers").unwrap_or_default().iter_shared() {
            match server.try_to::<VarDictionary>().ok().as_ref().and_then(ice_urls) {
                Some(more) => urls.extend(more),
                None => return Error::ERR_INVALID_PARAMETER,
            }
        }
        self.open(&urls)
    }

    fn get_connection_state(&self) -> ConnectionState {
        match self.shared.connection.load(SeqCst) as rtc::rtcState {
            rtc::rtcState_RTC_NEW => ConnectionState::NEW,
            rtc::rtcState_RTC_CONNECTING => ConnectionState::CONNECTING,
            rtc::rtcState_RTC_CONNECTED => ConnectionState::CONNECTED,
            rtc::rtcState_RTC_DISCONNECTED => ConnectionState::DISCONNECTED,
            rtc::rtcState_RTC_FAILED => ConnectionState::FAILED,
            _ => ConnectionState::CLOSED,
        }
    }

    fn get_gathering_state(&self) -> GatheringState {
        match self.shared.gathering.load(SeqCst) {
            0 => GatheringState::NEW,
            1 => GatheringState::GATHERING,
            _ => GatheringState::COMPLETE,
        }
    }

    fn get_signaling_state(&self) -> SignalingState {
        match self.shared.signaling.load(SeqCst) {
            0 => SignalingState::STABLE,
            1 => SignalingState::HAVE_LOCAL_OFFER,
            2 => SignalingState::HAVE_REMOTE_OFFER,
            3 => SignalingState::HAVE_LOCAL_PRANSWER,
            4 => SignalingState::HAVE_REMOTE_PRANSWER,
            _ => SignalingState::CLOSED,
        }
    }

    fn create_data_channel(&mut self, label: GString, config: VarDictionary) -> Option<Gd<WebRtcDataChannel>> {
        LibDataChannel::create(self.handle, &label.to_string(), &config).map(Gd::upcast)
    }

    fn create_offer(&mut self) -> Error {
        error_of(unsafe { rtc::rtcSetLocalDescription(self.handle, c"offer".as_ptr()) })
    }

    fn set_remote_description(&mut self, kind: GString, sdp: GString) -> Error {
        let is_offer = kind.to_string() == "offer";
        let (kind, sdp) = (c_string(kind), c_string(sdp));
        unsafe {
            let code = rtc::rtcSetRemoteDescription(self.handle, sdp.as_ptr(), kind.as_ptr());
            if code < 0 || !is_offer {
                return error_of(code);
            }
            error_of(rtc::rtcSetLocalDescription(self.handle, c"answer".as_ptr()))
        }
    }

    /// As in webrtc-native, a description that was created is set already.
    fn set_local_description(&mut self, _kind: GString, _sdp: GString) -> Error {
        Error::OK
    }

    fn add_ice_candidate(&mut self, media: GString, _index: i32, line: GString) -> Error {
        let (media, line) = (c_string(media), c_string(line));
        error_of(unsafe { rtc::rtcAddRemoteCandidate(self.handle, line.as_ptr(), media.as_ptr()) })
    }

    fn poll(&mut self) -> Error {
        loop {
            // One at a time and the lock let go: a handler may call back into this object.
            let Some(event) = self.shared.events.lock().unwrap().pop_front() else {
                return Error::OK;
            };
            let (signal, arguments) = match event {
                Event::Description { kind, sdp } => {
                    ("session_description_created", vec![kind.to_variant(), sdp.to_variant()])
                }
                Event::Candidate { media, line } => {
                    ("ice_candidate_created", vec![media.to_variant(), 0.to_variant(), line.to_variant()])
                }
                Event::Channel(channel) => {
                    ("data_channel_received", vec![LibDataChannel::over(channel, false).to_variant()])
                }
            };
            self.base_mut().emit_signal(signal, &arguments);
        }
    }

    fn close(&mut self) {
        if self.handle >= 0 {
            unsafe { rtc::rtcClosePeerConnection(self.handle) };
            self.shared.events.lock().unwrap().clear();
        }
    }
}

impl Drop for LibPeerConnection {
    fn drop(&mut self) {
        delete(self.handle);
    }
}
