//! A browser that shows the site. It can be ended and started again with what it kept.

use crate::driver::Driver;
use crate::engine::{Engine, Need};
use crate::server::{Server, with_script};
use crate::wait::{until, within};
use crate::{session, setup};
use anyhow::{Context, Result, bail};
use fantoccini::Client;
use fantoccini::actions::Actions;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Functions that every script can use.
const HELPERS: &str = include_str!("page.js");
/// Runs before each page's own scripts: hears what goes wrong, and keeps dialogs away that nobody could answer.
const WITNESS: &str = include_str!("witness.js");

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
    engine: Engine,
    client: Client,
    driver: Driver,
    screen: Screen,
    server: Server,
    /// Where the app is, at the server's or elsewhere.
    address: String,
    folder: TempDir,
    /// What earlier pages of this journey complained of.
    complaints: RefCell<Vec<String>>,
}

impl Page {
    /// Starts the browser of this run, which nobody used before. It shows nothing yet.
    pub async fn start(screen: Screen) -> Result<Self> {
        Self::start_in(Engine::chosen()?, screen).await
    }

    /// Starts a browser that nobody used before. It shows nothing yet.
    pub async fn start_in(engine: Engine, screen: Screen) -> Result<Self> {
        let server = Server::start(&setup::site()?, "");
        server.run_first(WITNESS);
        let address = server.address().to_owned();
        let folder = tempfile::Builder::new().prefix("journey-").tempdir()?;
        std::fs::create_dir(folder.path().join("downloads"))?;
        let driver = Driver::start(engine, folder.path()).await?;
        let client = session::connect(&driver, engine, screen, folder.path()).await?;
        let page = Self { engine, client, driver, screen, server, address, folder, complaints: RefCell::default() };
        page.resize(screen).await?;
        Ok(page)
    }

    /// Starts the browser again with what it kept; where it keeps nothing when it is driven, it goes on.
    pub async fn restart_where_kept(&mut self) -> Result<()> {
        match self.engine.lacks(Need::Profile) {
            None => self.restart().await,
            Some(_) => Ok(()),
        }
    }

    /// Ends the browser, starts it again with the same profile, and opens the site.
    pub async fn restart(&mut self) -> Result<()> {
        self.start_again().await?;
        self.open().await
    }

    /// Ends the browser and starts it again with the same profile. It shows nothing yet.
    pub async fn start_again(&mut self) -> Result<()> {
        self.start_again_after(|_| Ok(())).await
    }

    /// Does something to the profile between the end of the browser and its next start.
    pub(crate) async fn start_again_after(&mut self, meanwhile: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        self.keep_complaints().await?;
        within("the end of the browser", self.client.clone().close()).await?;
        let folder = self.folder.path();
        meanwhile(&folder.join("profile"))?;
        self.driver = Driver::start(self.engine, folder).await?;
        self.client = session::connect(&self.driver, self.engine, self.screen, folder).await?;
        self.resize(self.screen).await
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<()> {
        within("the end of the browser", self.client.close()).await
    }

    /// Opens the site and waits until it can be used.
    pub async fn open(&self) -> Result<()> {
        within("the page", self.client.goto(&self.address)).await?;
        if self.engine == Engine::Firefox {
            // Each site begins without zoom.
            self.resize(self.screen).await?;
        }
        self.ready().await
    }

    /// Goes on with the app from another address: as one file, or of another host.
    pub async fn visit(&mut self, address: &str) -> Result<()> {
        self.until_saved().await?;
        self.keep_complaints().await?;
        address.clone_into(&mut self.address);
        self.open().await
    }

    /// Goes on with the app as one file, from the disk: a copy of it, with the scripts that run first.
    pub async fn visit_file(&mut self) -> Result<()> {
        let copy = self.folder.path().join("annotator.html");
        // It is in windows-1252: each byte as a letter and back leaves it as it is.
        let file: String = std::fs::read(setup::one_file()?)?.into_iter().map(char::from).collect();
        let file = with_script(&file, &self.server.scripts());
        std::fs::write(&copy, file.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect::<Vec<_>>())?;
        let address = url::Url::from_file_path(&copy).ok().context("the address of a file")?;
        self.visit(address.as_str()).await
    }

    /// Opens another file of the site.
    pub async fn go_to(&self, path: &str) -> Result<()> {
        within("the page", self.client.goto(&format!("{}{path}", self.address))).await
    }

    /// Has a script run before each page's own from now on.
    pub fn run_first(&self, script: &str) {
        self.server.run_first(script);
    }

    /// Where the site is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How the window was asked to be.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Which browser it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Loads the page anew, once everything is saved: before that the browser would ask whether to leave.
    pub async fn reload(&self) -> Result<()> {
        self.until_saved().await?;
        self.keep_complaints().await?;
        within("the page", self.client.refresh()).await?;
        self.ready().await
    }

    /// Waits until the app has read what it keeps, and shows the article where one is open.
    pub async fn ready(&self) -> Result<()> {
        let script = "const app = document.querySelector('.app');
            return app && !document.querySelector('.loading')
                && (app.dataset.screen === 'articles' || document.querySelector('.section'))";
        self.until_js("the app", script).await.map(drop)
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
        within("the end of a script", run).await.with_context(|| script.trim().to_owned())
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
        within("the end of a script", run).await.with_context(|| script.trim().to_owned())
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

    /// Does with keys, mouse or finger what a person's hands do.
    pub async fn act(&self, hands: impl Into<Actions>) -> Result<()> {
        within("the end of a movement", self.client.perform_actions(hands)).await
    }

    /// A command of Chromium's developer tools.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("goog/cdp/execute", body).await.with_context(|| command.to_owned())
    }

    /// A command that only some drivers have.
    pub(crate) async fn command(&self, path: &'static str, body: Value) -> Result<Value> {
        session::command(&self.client, path, body).await
    }

    /// Everything that the page and the browser complained of since the journey began.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        self.keep_complaints().await?;
        Ok(self.complaints.borrow().clone())
    }

    /// Forgets the complaints so far, all of which must be of a kind that the journey itself brought about.
    pub async fn expect_complaints(&self, of: &str) -> Result<()> {
        let all = self.complaints().await?;
        if let Some(other) = all.iter().find(|complaint| !complaint.contains(of)) {
            bail!("the browser complained: {other}");
        }
        self.complaints.borrow_mut().clear();
        Ok(())
    }

    /// Takes over what the page that is shown complained of, before another one is shown.
    pub(crate) async fn keep_complaints(&self) -> Result<()> {
        let heard = self.js("return window.complaints?.splice(0) ?? []").await?;
        let mut all: Vec<String> = heard.as_array().into_iter().flatten().map(Value::to_string).collect();
        // The other drivers do not tell what the browser itself has to say.
        if self.engine == Engine::Chromium {
            let log = self.command("se/log", json!({ "type": "browser" })).await?;
            let told = log.as_array().into_iter().flatten();
            let told = told.filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG");
            all.extend(told.map(|entry| format!("{}: {}", entry["level"], entry["message"])));
        }
        self.complaints.borrow_mut().append(&mut all);
        Ok(())
    }

    /// What the window shows, as a PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        within("a picture", self.client.screenshot()).await
    }
}
