//! A screen that nobody sees, and a browser on it that no driver knows of: its keys come from the screen, as those of a
//! keyboard do.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Its size in pixels.
const SIZE: (u32, u32) = (1280, 860);
/// How long a key stays down and the next one waits, in milliseconds.
const RHYTHM: &str = "8";
/// WebKitGTK's own small browser, which no PATH knows.
const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// The screen.
pub struct Screen {
    display: String,
    _server: Child,
}

impl Screen {
    /// Starts its server.
    pub async fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb");
        let size = format!("{}x{}x24", SIZE.0, SIZE.1);
        // It would begin anew, and turn the next one away meanwhile, when the last browser has left it.
        server.args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-noreset"]);
        server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut server = server.spawn().context("could not start Xvfb")?;
        let output = server.stdout.take().context("the output of Xvfb")?;
        let number = BufReader::new(output).lines().next_line().await?.context("Xvfb ended at once")?;
        Ok(Self { display: format!(":{}", number.trim()), _server: server })
    }

    /// Has the hands do something.
    async fn hands(&self, words: &[&str]) -> Result<()> {
        let mut command = Command::new("xdotool");
        command
            .args(words)
            .env("DISPLAY", &self.display)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let done = command.status().await.context("could not start xdotool")?;
        if !done.success() {
            bail!("xdotool {words:?} failed ({done})");
        }
        Ok(())
    }
}

/// A browser on the screen, as a person starts it.
pub struct Shown<'a> {
    screen: &'a Screen,
    profile: PathBuf,
    process: Option<Child>,
}

impl<'a> Shown<'a> {
    /// One that will keep what it keeps in a folder.
    pub fn new(screen: &'a Screen, profile: &Path) -> Self {
        Self { screen, profile: profile.to_owned(), process: None }
    }

    /// Its process, from which the others descend.
    pub fn process(&self) -> Option<u32> {
        self.process.as_ref()?.id()
    }

    /// Starts it with an address, and gives it the keyboard once its window is there.
    pub async fn go(&mut self, address: &str) -> Result<()> {
        let mut browser = Command::new(BROWSER);
        browser.args(["--full-screen", address]);
        browser.env("DISPLAY", &self.screen.display).env("GDK_BACKEND", "x11").env("HOME", &self.profile);
        for (name, folder) in [("DATA", "data"), ("CACHE", "cache"), ("CONFIG", "config")] {
            browser.env(format!("XDG_{name}_HOME"), self.profile.join(folder));
        }
        browser.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.process = Some(browser.spawn().with_context(|| format!("could not start {BROWSER}"))?);
        // The window may not be there yet, or be another one a moment later.
        let search = ["search", "--onlyvisible", "--class", "MiniBrowser", "windowfocus"];
        while self.screen.hands(&search).await.is_err() {}
        Ok(())
    }

    /// Presses a key, or several together.
    pub async fn press(&self, chord: &str) -> Result<()> {
        let keys: Vec<String> = chord.split('+').map(name).collect();
        self.screen.hands(&["key", "--delay", RHYTHM, &keys.join("+")]).await
    }

    /// Clicks twice at a place, in parts of the window.
    pub async fn double_click(&self, x: f64, y: f64) -> Result<()> {
        let at = |part: f64, of: u32| (part * f64::from(of)).round().to_string();
        let (x, y) = (at(x, SIZE.0), at(y, SIZE.1));
        self.screen.hands(&["mousemove", &x, &y, "click", "--repeat", "2", "--delay", "40", "1"]).await
    }
}

/// What the screen calls a key.
fn name(key: &str) -> String {
    match key {
        "Control" => "ctrl".into(),
        "Backspace" => "BackSpace".into(),
        "Enter" => "Return".into(),
        "Space" => "space".into(),
        _ => match key.strip_prefix("Arrow") {
            Some(direction) => direction.into(),
            None if key.len() == 1 => key.to_ascii_lowercase(),
            None => key.into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_other_names_on_a_screen() {
        for (ours, theirs) in [("ArrowRight", "Right"), ("Control", "ctrl"), ("E", "e"), ("Shift", "Shift"), ("1", "1")]
        {
            assert_eq!(name(ours), theirs);
        }
    }
}
