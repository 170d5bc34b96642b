//! A browser that is started as a person's own would be, on a profile that stays, and ended without a word.
//!
//! Chromium and Firefox get their keys through their drivers, which hand them on as the system does. WebKitGTK keeps
//! nothing while it is driven; it is started without a driver on a screen that nobody sees, and gets its keys from
//! there.

mod driven;
mod shown;

use crate::hands::Stroke;
use crate::tree;
use anyhow::{Context, Result};
use driven::Driven;
use e2e::display::Display;
use e2e::{Engine, setup};
use shown::Shown;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The window, in pixels.
const WINDOW: (u32, u32) = (1280, 860);

/// The name and version of a browser, as it says itself.
pub fn version(engine: Engine) -> Result<String> {
    let (program, words): (PathBuf, &[&str]) = match engine {
        Engine::Chromium | Engine::Firefox => (setup::browser(engine)?, &["--version"]),
        // It does not tell; its package does.
        Engine::WebKit => ("dpkg-query".into(), &["-W", "-f", "WebKitGTK ${Version}", "libwebkit2gtk-4.1-0"]),
    };
    let said = Command::new(&program).args(words).output().with_context(|| program.display().to_string())?;
    Ok(in_short(&String::from_utf8_lossy(&said.stdout)))
}

/// The name and the number, without what else is said of them.
fn in_short(said: &str) -> String {
    let first = said.lines().next().unwrap_or_default();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let number = first.split_whitespace().find(is_number).unwrap_or_default();
    let name = first.split(number).next().unwrap_or_default().trim();
    format!("{} {number}", name.replace("Mozilla ", ""))
}

/// A browser that runs.
pub struct Browser {
    folder: PathBuf,
    kind: Kind,
    /// Whether its processes are gone.
    ended: bool,
}

enum Kind {
    Driven(Box<Driven>),
    Shown(Box<Shown>),
}

impl Browser {
    /// Makes one ready that keeps what it keeps in a folder, showing nothing yet.
    pub async fn start(engine: Engine, folder: &Path) -> Result<Self> {
        let kind = match engine {
            Engine::Chromium | Engine::Firefox => Kind::Driven(Box::new(Driven::start(engine, folder).await?)),
            // Each has a screen of its own: after a hard end the old one may keep the next browser waiting for ever.
            Engine::WebKit => {
                let display = Display::start(WINDOW.0, WINDOW.1).await?;
                Kind::Shown(Box::new(Shown::new(display, folder)))
            }
        };
        Ok(Self { folder: folder.to_owned(), kind, ended: false })
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
            Kind::Driven(driven) => driven.process(),
            Kind::Shown(shown) => shown.process(),
        };
        self.ended = true;
        tree::kill(process, &self.folder)
    }
}

/// What was left behind by a failure must not go on running.
impl Drop for Browser {
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
            assert_eq!(in_short(said), short);
        }
    }
}
