//! A browser behind a driver of the WebDriver kind: started on a profile of ours, moved by its actions.

use anyhow::{Context, Result};
use e2e::driver::Driver;
use e2e::{json, keys, setup};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;
use tokio::time::timeout;

/// No start takes longer, if all is well.
const PATIENCE: Duration = Duration::from_secs(60);
/// The window, in pixels.
const WINDOW: (u32, u32) = (1280, 860);

/// A browser and its driver.
pub struct Driven {
    driver: Driver,
    client: Client,
}

impl Driven {
    /// Starts Chromium. It writes down what happens to it in a file of the profile.
    pub async fn chromium(profile: &Path) -> Result<Self> {
        let mut arguments = setup::arguments();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        arguments.push(format!("--window-size={},{}", WINDOW.0, WINDOW.1));
        arguments.extend(["--enable-logging".into(), format!("--log-file={}", profile.join("log.txt").display())]);
        let options = json!({ "binary": setup::browser()?, "args": arguments });
        Self::connect(Driver::start().await?, json!({ "goog:chromeOptions": options })).await
    }

    async fn connect(driver: Driver, wanted: Value) -> Result<Self> {
        let wanted: Capabilities = serde_json::from_value(wanted)?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(wanted);
        let connected = timeout(PATIENCE, session.connect(driver.address())).await;
        let client = connected.context("the browser does not start")?.context("the browser does not start")?;
        Ok(Self { driver, client })
    }

    /// The driver's process, from which the browser's descend.
    pub fn process(&self) -> u32 {
        self.driver.process()
    }

    /// Goes to an address.
    pub async fn go(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
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
