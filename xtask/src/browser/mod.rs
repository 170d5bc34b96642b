//! The browsers and their drivers, for the tests that need a real page.
//!
//! It never downloads a browser itself: what is there is used, else the system's packages
//! bring it. It never touches a person's own profile.

mod chromium;
mod find;
mod firefox;
mod webkit;

use crate::project::Project;
use anyhow::{Context, Error, Result};
use std::ffi::OsString;
use std::fmt;
use std::process::Command;

pub use chromium::settings;

/// The browsers in which the page must work, named by what draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, or a browser made from it. No test of the page does without it.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK, which draws what Safari draws; only Linux has it.
    WebKit,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The one of this name.
    pub fn called(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|engine| engine.name() == name);
        found.with_context(|| format!("there is no browser `{name}`; there are: chromium, firefox, webkit"))
    }

    /// Its name, as the journeys know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// What a browser and its driver are called in the environment, and where they are.
#[derive(Debug)]
pub struct Browser {
    parts: Vec<(&'static str, OsString)>,
}

impl Browser {
    /// Finds a browser and the driver that fits it, installing them where the system's packages can. The error is
    /// [`Missing`] where this machine has none and nothing here can bring it.
    pub fn ready(project: &Project, engine: Engine) -> Result<Self> {
        let mut parts = match engine {
            Engine::Chromium => chromium::ready()?,
            Engine::Firefox => firefox::ready(project)?,
            Engine::WebKit => webkit::ready()?,
        };
        parts.push(("E2E_ENGINE", engine.name().into()));
        Ok(Self { parts })
    }

    /// Tells a program of the tests which browser it is and where its parts are.
    pub fn tell(&self, command: &mut Command) {
        command.envs(self.parts.iter().map(|(name, value)| (name, value)));
    }
}

/// A browser that this machine does not have, with what a person can do about it.
#[derive(Debug)]
pub struct Missing(String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

fn missing(what: &str, advice: &str) -> Error {
    Missing(format!("{what} is missing. {advice}")).into()
}
