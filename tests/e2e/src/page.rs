//! A browser that shows the site. It can be ended and started again with what it kept.

use crate::driver::Driver;
use crate::wait::until;
use crate::{server, setup};
use anyhow::{Context, Result, bail};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;

/// Functions that every script can use.
const HELPERS: &str = include_str!("page.js");
/// Heard from the first moment of each page: what its security policy forbade, and what nobody caught.
const WITNESS: &str = "
    window.complaints = [];
    addEventListener('securitypolicyviolation',
        event => complaints.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    addEventListener('error', event => complaints.push(`error: ${event.message}`));
    addEventListener('unhandledrejection', event => complaints.push(`rejected: ${event.reason}`));";
/// No command to the browser takes longer, if all is well.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the window is.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// How many pixels of the device make one of these.
    pub scale: f64,
    /// Whether it is a phone: fingers, no mouse.
    pub touch: bool,
}

impl Screen {
    /// A laptop's.
    pub const WIDE: Self = Self { width: 1280, height: 860, scale: 1.0, touch: false };
    /// A phone's.
    pub const PHONE: Self = Self { width: 390, height: 844, scale: 2.0, touch: true };
    /// What 1,280 pixels are at 400 %, which is also the narrowest that must work.
    pub const NARROW: Self = Self { width: 320, height: 640, scale: 4.0, touch: false };
}

/// A browser that shows the site.
pub struct Page {
    client: Client,
    driver: Driver,
    screen: Screen,
    address: &'static str,
    folder: TempDir,
    /// What runs at the start of each page.
    scripts: Vec<String>,
    /// What earlier browsers of this journey complained of.
    complaints: Vec<String>,
}

impl Page {
    /// Starts a browser that nobody used before. It shows nothing yet.
    pub async fn start(screen: Screen) -> Result<Self> {
        let address = server::address(&setup::site()?);
        let folder = tempfile::Builder::new().prefix("journey-").tempdir()?;
        std::fs::create_dir(folder.path().join("downloads"))?;
        let driver = Driver::start().await?;
        let client = connect(&driver, folder.path()).await?;
        let page = Self { client, driver, screen, address, folder, scripts: Vec::new(), complaints: Vec::new() };
        page.prepare().await?;
        Ok(page)
    }

    /// Ends the browser, starts it again with the same profile, and opens the site.
    pub async fn restart(&mut self) -> Result<()> {
        self.start_again().await?;
        self.open().await
    }

    /// Ends the browser and starts it again with the same profile. It shows nothing yet.
    pub async fn start_again(&mut self) -> Result<()> {
        self.complaints = self.complaints().await?;
        self.client.clone().close().await?;
        self.driver = Driver::start().await?;
        self.client = connect(&self.driver, self.folder.path()).await?;
        self.prepare().await
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    pub(crate) async fn prepare(&self) -> Result<()> {
        for script in [WITNESS].into_iter().chain(self.scripts.iter().map(String::as_str)) {
            self.run_first(script).await?;
        }
        // Without a window there is nobody to answer the dialog; files are given to its field instead.
        self.devtools("Page.setInterceptFileChooserDialog", json!({ "enabled": true })).await?;
        self.resize(self.screen).await
    }

    /// Gives the window another size.
    pub async fn resize(&self, screen: Screen) -> Result<()> {
        let Screen { width, height, scale, touch } = screen;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": touch });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        let fingers = json!({ "enabled": touch, "maxTouchPoints": if touch { 5 } else { 1 } });
        self.devtools("Emulation.setTouchEmulationEnabled", fingers).await?;
        Ok(())
    }

    /// Opens the site and waits until it can be used.
    pub async fn open(&self) -> Result<()> {
        self.client.goto(self.address).await?;
        self.ready().await
    }

    /// Opens another file of the site.
    pub async fn go_to(&self, path: &str) -> Result<()> {
        Ok(self.client.goto(&format!("{}{path}", self.address)).await?)
    }

    /// Has a script run at the start of each page from now on, before the page's own, in this window and those to
    /// come.
    pub async fn before_each_page(&mut self, script: &str) -> Result<()> {
        self.scripts.push(script.to_owned());
        self.run_first(script).await
    }

    async fn run_first(&self, script: &str) -> Result<()> {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }

    /// Where the site is.
    pub fn address(&self) -> &'static str {
        self.address
    }

    /// Loads the page anew, once everything is saved: before that the browser would ask whether to leave.
    pub async fn reload(&self) -> Result<()> {
        self.until_saved().await?;
        self.client.refresh().await?;
        self.ready().await
    }

    /// Waits until the app has read what it keeps.
    pub async fn ready(&self) -> Result<()> {
        self.until_js("the app", "return document.querySelector('.app') && !document.querySelector('.loading')")
            .await?;
        Ok(())
    }

    /// The browser, for what has no helper.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Where the browser puts files that are saved.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// A place for files that the journey makes.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The value that a script returns; it finds its arguments in `given`.
    pub async fn js_with(&self, script: &str, given: Value) -> Result<Value> {
        let whole = format!("{HELPERS}\nconst given = arguments[0];\n{script}");
        let run = self.client.execute(&whole, vec![given]);
        timeout(PATIENCE, run).await.context("a script that does not end")?.with_context(|| script.trim().to_owned())
    }

    /// The value that a script returns.
    pub async fn js(&self, script: &str) -> Result<Value> {
        self.js_with(script, Value::Null).await
    }

    /// The text that a script returns.
    pub async fn text(&self, script: &str) -> Result<String> {
        match self.js(script).await? {
            Value::String(text) => Ok(text),
            Value::Null => Ok(String::new()),
            other => bail!("expected text, found {other}: {script}"),
        }
    }

    /// What a script hands to `done`.
    pub async fn js_async(&self, script: &str, given: Value) -> Result<Value> {
        let whole = format!("{HELPERS}\nconst given = arguments[0], done = arguments[1];\n{script}");
        let run = self.client.execute_async(&whole, vec![given]);
        timeout(PATIENCE, run).await.context("a script that does not end")?.with_context(|| script.trim().to_owned())
    }

    /// Looks until a script returns something that counts as true.
    pub async fn until_js(&self, what: &str, script: &str) -> Result<Value> {
        until(what, async || {
            let value = self.js(script).await?;
            let nothing = matches!(value, Value::Null | Value::Bool(false)) || value == json!("") || value == json!(0);
            Ok((!nothing).then_some(value))
        })
        .await
    }

    /// Looks until a script returns just this.
    pub async fn until_is(&self, what: &str, script: &str, wanted: Value) -> Result<()> {
        let mut last = Value::Null;
        let came = until(what, async || {
            last = self.js(script).await?;
            Ok((last == wanted).then_some(()))
        })
        .await;
        came.with_context(|| format!("wanted {wanted}, last seen {last}"))
    }

    /// Lets the page draw twice, so that whatever an event brings about has come about.
    pub async fn frames(&self) -> Result<()> {
        self.js_async("requestAnimationFrame(() => requestAnimationFrame(() => done(true)))", Value::Null).await?;
        Ok(())
    }

    /// A command of the browser's developer tools.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("goog/cdp/execute", body).await.with_context(|| command.to_owned())
    }

    async fn command(&self, path: &'static str, body: Value) -> Result<Value> {
        let sent = self.client.issue_cmd(Extension { path, body });
        Ok(timeout(PATIENCE, sent).await.context("the driver does not answer")??)
    }

    /// Everything that the page and the browser complained of since the journey began.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let mut all = self.complaints.clone();
        let heard = self.js("return window.complaints ?? []").await?;
        all.extend(heard.as_array().into_iter().flatten().map(Value::to_string));
        let log = self.command("se/log", json!({ "type": "browser" })).await?;
        let told =
            log.as_array().into_iter().flatten().filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG");
        all.extend(told.map(|entry| format!("{}: {}", entry["level"], entry["message"])));
        Ok(all)
    }

    /// What the window shows, as a PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(timeout(PATIENCE, self.client.screenshot()).await.context("a picture")??)
    }
}

async fn connect(driver: &Driver, folder: &Path) -> Result<Client> {
    let mut arguments = setup::arguments();
    arguments.push(format!("--user-data-dir={}", folder.join("profile").display()));
    let preferences = json!({
        "download.default_directory": folder.join("downloads"),
        "download.prompt_for_download": false,
    });
    let wanted = json!({
        "goog:chromeOptions": { "binary": setup::browser()?, "args": arguments, "prefs": preferences },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 30_000, "pageLoad": 60_000 },
    });
    let wanted: Capabilities = serde_json::from_value(wanted)?;
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let session = builder.capabilities(wanted);
    let connected = timeout(PATIENCE, session.connect(driver.address())).await;
    connected.context("the browser does not start")?.context("the browser does not start")
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
