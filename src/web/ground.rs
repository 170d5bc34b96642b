//! Where the page was opened from, and what is weaker there than on a site with a secure address.

use crate::web::dom::window;
use crate::words::{self, Trap};
use js_sys::Reflect;

/// What a person must know of the ground that the page stands on; nothing where all is well.
pub fn trap() -> Option<&'static Trap> {
    let window = window();
    if window.location().protocol().is_ok_and(|protocol| protocol == "file:") {
        // Only Firefox has it, and only Firefox keeps apart what belongs to different files.
        let ties = Reflect::has(&window, &"mozInnerScreenX".into()).unwrap_or_default();
        return Some(if ties { &words::TIED_TO_FILE } else { &words::SHARED_BY_FILES });
    }
    (!window.is_secure_context()).then_some(&words::NOT_SECURE)
}
