//! The window: its size, how much it enlarges, and what the person behind it prefers.

use crate::Page;
use crate::engine::Engine;
use crate::page::Screen;
use crate::wait::until;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// How the page may be asked to look.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// Light on dark.
    Dark,
    /// Without motion.
    Still,
    /// In the few colours of a system that forces its own.
    Forced,
    /// As on paper.
    Paper,
}

impl Page {
    /// Gives the window another size.
    pub async fn resize(&self, screen: Screen) -> Result<()> {
        match self.engine() {
            Engine::Chromium => self.emulate_screen(screen).await,
            Engine::Firefox => {
                let zoom = "gBrowser.selectedBrowser.browsingContext.fullZoom = arguments[0]";
                self.chrome(zoom, json!(screen.scale)).await?;
                self.fit(screen).await
            }
            Engine::WebKit => self.fit(screen).await,
        }
    }

    async fn emulate_screen(&self, screen: Screen) -> Result<()> {
        let Screen { width, height, scale, touch } = screen;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": touch });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        let fingers = json!({ "enabled": touch, "maxTouchPoints": if touch { 5 } else { 1 } });
        self.devtools("Emulation.setTouchEmulationEnabled", fingers).await?;
        Ok(())
    }

    /// Makes the window as large as it must be for the page to have its size.
    async fn fit(&self, screen: Screen) -> Result<()> {
        let wanted = (f64::from(screen.width), f64::from(screen.height));
        let script = "return [innerWidth, innerHeight]";
        until("a window of that size", async || {
            let inner = self.js(script).await?;
            let (width, height) = inner[0].as_f64().zip(inner[1].as_f64()).context("the size of the page")?;
            if (width, height) == wanted {
                return Ok(Some(()));
            }
            let (outer_width, outer_height) = self.client().get_window_size().await?;
            let larger = |outer: u64, by: f64| (outer as f64 + by * screen.scale).max(1.0) as u32;
            let size = (larger(outer_width, wanted.0 - width), larger(outer_height, wanted.1 - height));
            self.client().set_window_size(size.0, size.1).await?;
            Ok(None)
        })
        .await
        .with_context(|| format!("{screen:?}"))
    }

    /// Shows the page as a person sees it who asked the system for a look.
    pub async fn look(&self, look: Look) -> Result<()> {
        let (feature, value, property) = match look {
            Look::Dark => ("prefers-color-scheme", "dark", "prefersColorSchemeOverride"),
            Look::Still => ("prefers-reduced-motion", "reduce", "prefersReducedMotionOverride"),
            Look::Forced => ("forced-colors", "active", "forcedColorsOverride"),
            Look::Paper => ("", "print", "mediumOverride"),
        };
        match (self.engine(), look) {
            (Engine::Chromium, Look::Paper) => {
                self.devtools("Emulation.setEmulatedMedia", json!({ "media": value })).await?;
            }
            (Engine::Chromium, _) => {
                let features = json!({ "features": [{ "name": feature, "value": value }] });
                self.devtools("Emulation.setEmulatedMedia", features).await?;
            }
            (Engine::Firefox, _) => {
                let script = format!("gBrowser.selectedBrowser.browsingContext.{property} = arguments[0]");
                self.chrome(&script, json!(value)).await?;
            }
            (Engine::WebKit, _) => bail!("{} can't be asked for a look", self.engine().name()),
        }
        Ok(())
    }

    /// Prints the page; gives the PDF, as the protocol writes bytes.
    pub async fn print(&self) -> Result<String> {
        let paper = self.command("print", json!({ "background": true })).await?;
        paper.as_str().map(str::to_owned).context("nothing was printed")
    }

    /// A script of Firefox's own window, around the page.
    async fn chrome(&self, script: &str, given: Value) -> Result<()> {
        self.command("moz/context", json!({ "context": "chrome" })).await?;
        let done = self.client().execute(script, vec![given]).await;
        self.command("moz/context", json!({ "context": "content" })).await?;
        done.map(drop).with_context(|| script.to_owned())
    }
}
