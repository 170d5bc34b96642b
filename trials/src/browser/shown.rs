//! A browser on a screen that nobody sees, of which no driver knows: its keys come from the screen, as those of a keyboard
//! do.

use super::WINDOW;
use anyhow::{Context, Result, ensure};
use e2e::display::Display;
use e2e::{Engine, setup};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// Between two keys, in milliseconds.
const RHYTHM: &str = "8";

/// A browser on the screen, as a person starts it.
pub struct Shown {
    display: Display,
    folder: PathBuf,
    process: Option<Child>,
}

impl Shown {
    /// One on a screen that will keep what it keeps in a folder.
    pub fn new(display: Display, folder: &Path) -> Self {
        Self { display, folder: folder.to_owned(), process: None }
    }

    /// Its process, from which the others descend.
    pub fn process(&self) -> Option<u32> {
        self.process.as_ref()?.id()
    }

    /// Starts it with an address, and gives it the keyboard once its window is there.
    pub async fn go(&mut self, address: &str) -> Result<()> {
        let mut browser = Command::new(setup::browser(Engine::WebKit)?);
        browser.args(["--full-screen", address]);
        browser.env("DISPLAY", self.display.name()).env("GDK_BACKEND", "x11").env("HOME", &self.folder);
        for (name, folder) in [("DATA", "data"), ("CACHE", "cache"), ("CONFIG", "config")] {
            browser.env(format!("XDG_{name}_HOME"), self.folder.join("profile").join(folder));
        }
        // What draws would keep its programs on the disk, and takes the page down with it where that is full.
        browser.env("MESA_SHADER_CACHE_DISABLE", "true");
        // What it complains of is looked at where something went wrong.
        let complaints = File::create(self.folder.join("complaints.txt"))?;
        browser.stdin(Stdio::null()).stdout(Stdio::null()).stderr(complaints);
        self.process = Some(browser.spawn().context("could not start the browser")?);
        // The window may not be there yet, or be another one a moment later.
        let search = ["search", "--onlyvisible", "--class", "MiniBrowser", "windowfocus"];
        while !self.tried(&search).await? {}
        Ok(())
    }

    /// Has the hands do something.
    async fn hands(&self, words: &[&str]) -> Result<()> {
        ensure!(self.tried(words).await?, "xdotool could not do {words:?}");
        Ok(())
    }

    /// Whether the hands could do something.
    async fn tried(&self, words: &[&str]) -> Result<bool> {
        let mut command = Command::new("xdotool");
        command.args(words).env("DISPLAY", self.display.name());
        command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        Ok(command.status().await.context("could not start xdotool")?.success())
    }

    /// Presses a key, or several together.
    pub async fn press(&self, chord: &str) -> Result<()> {
        let keys: Vec<String> = chord.split('+').map(name).collect();
        self.hands(&["key", "--delay", RHYTHM, &keys.join("+")]).await
    }

    /// Clicks twice at a place, in parts of the window.
    pub async fn double_click(&self, x: f64, y: f64) -> Result<()> {
        let at = |part: f64, of: u32| (part * f64::from(of)).round().to_string();
        let (x, y) = (at(x, WINDOW.0), at(y, WINDOW.1));
        self.hands(&["mousemove", &x, &y, "click", "--repeat", "2", "--delay", "40", "1"]).await
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
