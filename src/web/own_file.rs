//! Saving to files: offering a new one each time or, where the browser can do that, writing the one that the person
//! chose again. What is known of files afterwards is the business of the machine.

use crate::formats::project;
use crate::model::{ArticleId, Timestamp};
use crate::state::Command;
use crate::state::filed::SavedFile;
use crate::web::app::{App, Msg};
use crate::web::dom::window;
use crate::web::{clock, copies, files};
use crate::words;
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::Context;

#[wasm_bindgen(module = "/src/web/own_file.js")]
extern "C" {
    /// The name of a file that was chosen; nothing for what is none.
    #[wasm_bindgen(js_name = fileName)]
    pub fn called(file: &JsValue) -> Option<String>;
    #[wasm_bindgen(js_name = writeFile)]
    fn write(file: &JsValue, name: &str, content: &str, done: JsValue);
}

/// Whether a person can choose a file here.
pub fn can() -> bool {
    Reflect::has(&window(), &"showSaveFilePicker".into()).unwrap_or_default()
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

    /// Writes everything to a file: to the one given or, where that is none, to one that the person chooses.
    pub(super) fn write_file(&mut self, ctx: &Context<Self>, file: &JsValue) {
        let (content, saved) = self.project_file(None, clock::now());
        let name = saved.name.clone();
        let heard = ctx.link().callback(|written: Msg| written);
        let done = move |file: JsValue, error: Option<String>| {
            heard.emit(Msg::Written(Rc::new(saved), file, error));
        };
        write(file, &name, &content, Closure::once_into_js(done));
    }

    /// Takes note of what came of that.
    pub(super) fn written(&mut self, ctx: &Context<Self>, saved: &SavedFile, file: JsValue, error: Option<String>) {
        let name = called(&file).unwrap_or_default();
        let command = match error.as_deref() {
            None => {
                copies::keep("file", &file);
                self.own_file = file;
                Command::FileSaved(Rc::new(SavedFile { name: name.into(), is_own: true, ..saved.clone() }))
            }
            Some("NotAllowedError" | "SecurityError") => Command::Say(words::file_forbidden(&name).into()),
            Some(_) => Command::Say(words::file_not_written(&name).into()),
        };
        self.send(ctx, command);
    }
}
