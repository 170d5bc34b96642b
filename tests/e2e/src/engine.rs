//! The browsers that journeys go through, and what the driver of each can't do.
//!
//! One run of the journeys is in one browser. What a journey needs beyond a mouse, keys and a window it says in its
//! [`Settings`](crate::Settings); where the driver lacks it, the journey is left out, and the run says so and why.

use anyhow::{Context, Result};
use std::env;

/// A browser, named by what draws its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's own small browser, by WebKitWebDriver.
    WebKit,
}

/// What a journey may need that not every driver gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// To read what the browser tells a screen reader.
    AccessibilityTree,
    /// A finger on the screen of a phone.
    Finger,
    /// To lay out the longest article that is taken while somebody waits.
    Longest,
    /// To print, and to show the page as on paper.
    Paper,
    /// A profile that is still there when the browser is started again.
    Profile,
    /// To take room or data away from the page, as the browser itself may do.
    Storage,
    /// To show the page as somebody sees it who wants it dark, still or in few colours.
    Preferences,
    /// Another tab beside the first, with a hand in each.
    Tabs,
    /// To enlarge the page, which also makes it narrower than any window.
    Zoom,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The one of this run: `E2E_ENGINE` in the environment, else Chromium.
    pub fn chosen() -> Result<Self> {
        env::var("E2E_ENGINE").map_or(Ok(Self::Chromium), |word| Self::called(&word).context("E2E_ENGINE"))
    }

    /// The one that a word on a command line means.
    pub fn called(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|engine| engine.word() == word);
        found.with_context(|| format!("there is no “{word}”; there are {}", Self::ALL.map(Self::word).join(", ")))
    }

    /// The word that means it on a command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    /// Why its driver can't do what a journey needs; nothing where it can.
    pub fn lacks(self, need: Need) -> Option<&'static str> {
        match (self, need) {
            (Self::Chromium, _) => None,
            (_, Need::AccessibilityTree) => Some("its driver does not show what a screen reader is told"),
            (_, Need::Storage) => Some("its driver has no say in what the browser keeps"),
            (Self::Firefox, Need::Finger) => Some("no finger of its driver can be taken over by the system"),
            (Self::Firefox, _) => None,
            (Self::WebKit, Need::Finger) => Some("its driver makes a mouse of every finger"),
            (Self::WebKit, Need::Longest) => Some("it takes minutes to lay out the longest article that is taken"),
            (Self::WebKit, Need::Paper) => Some("its driver does not print"),
            (Self::WebKit, Need::Profile) => Some("it keeps nothing beyond its end when it is driven"),
            (Self::WebKit, Need::Preferences) => Some("its driver has no say in what a person prefers"),
            (Self::WebKit, Need::Tabs) => Some("its driver moves nothing in a tab that is not in front"),
            (Self::WebKit, Need::Zoom) => Some("its driver can't zoom, and no window is that narrow"),
        }
    }

    /// A text as it comes out of the clipboard.
    pub fn pasted(self, text: &str) -> String {
        match self {
            Self::Chromium | Self::Firefox => text.to_owned(),
            // It puts plain blanks and line ends there, before any page hears of it.
            Self::WebKit => text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " "),
        }
    }
}
