//! A browser that is started as a person's own would be, on a profile that stays, and ended without a word.
//!
//! Chromium and Firefox get their keys through their drivers, which hand them on as the system does. WebKitGTK keeps
//! nothing while it is driven; it is started without a driver on a screen that nobody sees, and gets its keys from
//! there.

mod driven;
mod screen;

use crate::hands::Stroke;
use crate::tree;
use anyhow::{Context, Result, bail};
use driven::Driven;
pub use screen::Screen;
use screen::Shown;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's own small browser.
    WebKit,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Its name and version, as it says itself.
    pub fn version(self) -> Result<String> {
        let (program, words): (PathBuf, &[&str]) = match self {
            Self::Chromium => (e2e::setup::browser()?, &["--version"]),
            Self::Firefox => ("firefox-esr".into(), &["--version"]),
            // It does not tell; its package does.
            Self::WebKit => ("dpkg-query".into(), &["-W", "-f", "WebKitGTK ${Version}", "libwebkit2gtk-4.1-0"]),
        };
        let said = Command::new(&program).args(words).output().with_context(|| program.display().to_string())?;
        Ok(version(&String::from_utf8_lossy(&said.stdout)))
    }
}

/// The name and the number, without what else is said of them.
fn version(said: &str) -> String {
    let first = said.lines().next().unwrap_or_default();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let number = first.split_whitespace().find(is_number).unwrap_or_default();
    let name = first.split(number).next().unwrap_or_default().trim();
    format!("{} {number}", name.replace("Mozilla ", ""))
}

/// A browser that runs.
pub struct Browser<'a> {
    profile: PathBuf,
    kind: Kind<'a>,
    /// Whether its processes are gone.
    ended: bool,
}

enum Kind<'a> {
    Driven(Driven),
    Shown(Shown<'a>),
}

impl<'a> Browser<'a> {
    /// Makes one ready on a profile, showing nothing yet.
    pub async fn start(engine: Engine, screen: Option<&'a Screen>, profile: &Path) -> Result<Self> {
        let kind = match (engine, screen) {
            (Engine::Chromium, _) => Kind::Driven(Driven::chromium(profile).await?),
            (Engine::Firefox, _) => bail!("not yet"),
            (Engine::WebKit, Some(screen)) => Kind::Shown(Shown::new(screen, profile)),
            (Engine::WebKit, None) => bail!("this browser needs a screen"),
        };
        Ok(Self { profile: profile.to_owned(), kind, ended: false })
    }

    /// Goes to an address.
    pub async fn go(&mut self, address: &str) -> Result<()> {
        match &mut self.kind {
            Kind::Driven(driven) => driven.go(address).await,
            Kind::Shown(shown) => shown.go(address).await,
        }
    }

    /// Presses keys or clicks.
    pub async fn stroke(&self, stroke: &Stroke) -> Result<()> {
        match (&self.kind, stroke) {
            (Kind::Driven(driven), Stroke::Keys(chord)) => driven.press(chord).await,
            (Kind::Driven(driven), Stroke::DoubleClick(x, y)) => driven.double_click(*x, *y).await,
            (Kind::Shown(shown), Stroke::Keys(chord)) => shown.press(chord).await,
            (Kind::Shown(shown), Stroke::DoubleClick(x, y)) => shown.double_click(*x, *y).await,
        }
    }

    /// Ends all of its processes at once, as when the power goes.
    pub fn kill(mut self) -> Result<()> {
        self.end()
    }

    fn end(&mut self) -> Result<()> {
        let process = match &self.kind {
            Kind::Driven(driven) => Some(driven.process()),
            Kind::Shown(shown) => shown.process(),
        };
        self.ended = true;
        tree::kill(process, &self.profile)
    }
}

/// What was left behind by a failure must not go on running.
impl Drop for Browser<'_> {
    fn drop(&mut self) {
        if !self.ended
            && let Err(error) = self.end()
        {
            eprintln!("{error:#}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_short() {
        for (said, short) in [
            ("Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)\n", "Chromium 156.0.8078.108"),
            ("Mozilla Firefox 153.7.0esr", "Firefox 153.7.0esr"),
            ("WebKitGTK 2.50.6-1~deb12u2", "WebKitGTK 2.50.6-1~deb12u2"),
        ] {
            assert_eq!(version(said), short);
        }
    }
}
