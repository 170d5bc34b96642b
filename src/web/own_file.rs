//! Saving to files: offering a new one each time or, where the browser can do that, writing the one that the person
//! chose again. What is known of files afterwards is the business of the machine.

use crate::formats::project;
use crate::model::{ArticleId, Timestamp};
use crate::state::Command;
use crate::state::filed::SavedFile;
use crate::state::table::Request;
use crate::web::app::{App, Msg, later};
use crate::web::{clock, copies, files};
use crate::words;
use js_sys::{JsString, Reflect};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::Context;

#[wasm_bindgen(module = "/src/web/own_file.js")]
extern "C" {
    /// Whether a person can choose a file here.
    pub fn can() -> bool;
    /// The name of a file that was chosen; nothing for what is none.
    pub fn called(file: &JsValue) -> Option<String>;
    #[wasm_bindgen(catch)]
    async fn choose(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn write(file: &JsValue, content: JsString) -> Result<JsValue, JsValue>;
}

impl App {
    /// What a project file of one article, or of all, holds now, and what is to be known of it once it is saved.
    fn project_file(&self, article: Option<&ArticleId>, at: Timestamp) -> (String, SavedFile) {
        let workspace = &self.state.workspace;
        let one = article.and_then(|id| workspace.article(id));
        let only = one.map(|article| std::slice::from_ref(&article.id));
        let content = project::write(workspace, only, &at, words::GENERATOR).content;
        let name = project::file_name(one.map(|article| &**article), workspace.article_count(), &at);
        let is_whole = one.is_none() || workspace.article_count() == 1;
        let changes = is_whole.then_some(self.state.filed.changes);
        (content, SavedFile { name: name.into(), at, changes, is_own: false })
    }

    /// Offers a project file of one article, or of all.
    pub(super) fn save_file(&mut self, ctx: &Context<Self>, article: Option<&ArticleId>) {
        let (content, file) = self.project_file(article, clock::now());
        let command = match files::save(&file.name, &content) {
            Ok(()) => {
                self.exported = Some(file.name.to_string());
                Command::FileSaved(Rc::new(file))
            }
            Err(_) => Command::Say(words::FILE_NOT_SAVED.into()),
        };
        self.send(ctx, command);
    }

    /// Lets the person choose the file that is written again and again, and writes it.
    pub(super) fn choose_file(&mut self, ctx: &Context<Self>) {
        let name = project::file_name(None, self.state.workspace.article_count(), &clock::now());
        let chosen = async move { choose(&name).await.unwrap_or(JsValue::UNDEFINED) };
        later(ctx, Box::pin(async { Msg::FileChosen(chosen.await) }));
    }

    /// Takes the file that the person chose, if they did.
    pub(super) fn file_chosen(&mut self, ctx: &Context<Self>, file: JsValue) {
        if called(&file).is_some() {
            copies::keep("file", &file);
            self.own_file = file;
            self.send(ctx, Command::CloseDialog);
            self.write_file(ctx);
        }
    }

    /// Writes everything to the file that was chosen.
    pub(super) fn write_file(&mut self, ctx: &Context<Self>) {
        let file = self.own_file.clone();
        let Some(name) = called(&file) else {
            return;
        };
        let (content, saved) = self.project_file(None, clock::now());
        let content = JsString::from(content);
        let written = async move {
            let command = match write(&file, content).await {
                Ok(_) => Command::FileSaved(Rc::new(SavedFile { name: name.into(), is_own: true, ..saved })),
                Err(error) => Command::Say(why(&name, &error).into()),
            };
            Msg::Ask(Request::Do(command))
        };
        later(ctx, Box::pin(written));
    }
}

/// Why a file could not be written, and what to do.
fn why(name: &str, error: &JsValue) -> String {
    let kind = Reflect::get(error, &"name".into()).ok().and_then(|kind| kind.as_string());
    match kind.as_deref() {
        Some("NotAllowedError" | "SecurityError") => words::file_forbidden(name),
        _ => words::file_not_written(name),
    }
}
