//! A browser as its driver starts it: new, with a profile and a place for files in one folder.

use crate::driver::Driver;
use crate::engine::Engine;
use crate::page::Screen;
use crate::setup;
use crate::wait::within;
use anyhow::{Context, Result};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;

/// Starts the browser of a driver.
pub async fn connect(driver: &Driver, engine: Engine, screen: Screen, folder: &Path) -> Result<Client> {
    connect_with(driver, engine, screen, folder, &[]).await
}

/// Starts the browser of a driver; Chromium gets these words too.
pub async fn connect_with(
    driver: &Driver,
    engine: Engine,
    screen: Screen,
    folder: &Path,
    words: &[&str],
) -> Result<Client> {
    let wanted = match engine {
        Engine::Chromium => chromium(folder, words)?,
        Engine::Firefox => firefox(screen, folder)?,
        Engine::WebKit => {
            json!({ "webkitgtk:browserOptions": { "binary": setup::browser(engine)?, "args": ["--automation"] } })
        }
    };
    let mut wanted: Capabilities = serde_json::from_value(wanted)?;
    wanted.insert("timeouts".to_owned(), json!({ "script": 30_000, "pageLoad": 60_000 }));
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let session = builder.capabilities(wanted);
    within("a browser that starts", session.connect(driver.address())).await
}

fn chromium(folder: &Path, words: &[&str]) -> Result<Value> {
    let mut arguments = setup::arguments();
    arguments.extend(words.iter().map(ToString::to_string));
    arguments.push(format!("--user-data-dir={}", folder.join("profile").display()));
    let preferences = json!({
        "download.default_directory": folder.join("downloads"),
        "download.prompt_for_download": false,
    });
    Ok(json!({
        "goog:chromeOptions": { "binary": setup::browser(Engine::Chromium)?, "args": arguments, "prefs": preferences },
        "goog:loggingPrefs": { "browser": "ALL" },
    }))
}

fn firefox(screen: Screen, folder: &Path) -> Result<Value> {
    let profile = folder.join("profile");
    std::fs::create_dir_all(&profile)?;
    // What points, in its own numbers: a finger, or a mouse, which is exact and can hover. Without a window it would
    // find neither.
    let pointer = if screen.touch { 1 } else { 6 };
    let preferences = json!({
        "browser.download.dir": folder.join("downloads"),
        "browser.download.folderList": 2,
        "browser.download.useDownloadDir": true,
        "browser.download.alwaysOpenPanel": false,
        // Pictures of pages that were seen are made later, in the middle of the next journey.
        "browser.pagethumbnails.capturing_disabled": true,
        "browser.zoom.siteSpecific": false,
        // The address by which journeys reach a host that does not count as secure.
        "network.socket.ip_addr_any.disabled": false,
        // As people have it; its driver would let files of the disk see each other.
        "security.fileuri.strict_origin_policy": true,
        "dom.w3c_touch_events.enabled": i32::from(screen.touch),
        "ui.primaryPointerCapabilities": pointer,
        "ui.allPointerCapabilities": pointer,
    });
    let arguments = ["-headless".into(), "--profile".into(), profile.to_string_lossy().into_owned()];
    let program = setup::browser(Engine::Firefox)?;
    Ok(json!({ "moz:firefoxOptions": { "binary": program, "args": arguments, "prefs": preferences } }))
}

/// Sends a command that the driver has beyond those of every driver.
pub async fn command(client: &Client, path: &'static str, body: Value) -> Result<Value> {
    within("an answer of the driver", client.issue_cmd(Extension { path, body })).await.context(path)
}

/// A command that the driver has beyond the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
