//! A browser behind its driver: started on a profile of ours, moved by the driver's actions.

use super::WINDOW;
use anyhow::Result;
use e2e::driver::Driver;
use e2e::page::Screen;
use e2e::{Engine, keys, session};
use fantoccini::Client;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What Firefox must do without after a hard end: asking whether to begin in a safe mode, and opening the last page by
/// itself, which would be a second visit.
const FIREFOX: &str = "\
user_pref(\"toolkit.startup.max_resumed_crashes\", -1);
user_pref(\"browser.sessionstore.resume_from_crash\", false);
";

/// A browser and its driver.
pub struct Driven {
    driver: Driver,
    client: Client,
}

impl Driven {
    /// Starts both; what they keep is in a folder. Chromium writes down there what happens to its databases.
    pub async fn start(engine: Engine, folder: &Path) -> Result<Self> {
        let profile = folder.join("profile");
        fs::create_dir_all(&profile)?;
        if engine == Engine::Firefox {
            fs::write(profile.join("user.js"), FIREFOX)?;
        }
        let driver = Driver::start(engine, folder).await?;
        let screen = Screen { width: WINDOW.0, height: WINDOW.1, ..Screen::WIDE };
        let client = session::connect_with(&driver, engine, screen, folder, &["--enable-logging"]).await?;
        client.set_window_size(WINDOW.0, WINDOW.1).await?;
        Ok(Self { driver, client })
    }

    /// The driver's process, from which the browser's descend.
    pub fn process(&self) -> Option<u32> {
        self.driver.process()
    }

    /// Goes to an address; keys go to what is in the frame there.
    pub async fn go(&self, address: &str) -> Result<()> {
        self.client.goto(address).await?;
        Ok(self.client.enter_frame(0).await?)
    }

    /// Presses a key, or several together.
    pub async fn press(&self, chord: &str) -> Result<()> {
        Ok(self.client.perform_actions(keys::chord_actions(chord, 1)).await?)
    }

    /// Clicks twice at a place, in parts of the window.
    pub async fn double_click(&self, x: f64, y: f64) -> Result<()> {
        let (x, y) = (x * f64::from(WINDOW.0), y * f64::from(WINDOW.1));
        let there = PointerAction::MoveTo { duration: Some(Duration::ZERO), x, y };
        let down = || PointerAction::Down { button: MOUSE_BUTTON_LEFT };
        let up = || PointerAction::Up { button: MOUSE_BUTTON_LEFT };
        let clicks = MouseActions::new("mouse".to_owned()).then(there);
        let clicks = clicks.then(down()).then(up()).then(down()).then(up());
        Ok(self.client.perform_actions(clicks).await?)
    }
}
