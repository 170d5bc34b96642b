//! What people work on: articles, the label scheme, annotations, and changes to them as data.
//!
//! In reading order: [`id`], [`label`] (the label scheme), [`annotation`], [`article`], [`sheet`]
//! (one annotator's annotations of one article), [`workspace`], [`change`] (before and after),
//! [`record`] (the stored form of changes). Nothing here knows of a browser, a clock or chance.

pub mod annotation;
pub mod article;
pub mod change;
pub mod extra;
pub mod id;
pub mod label;
pub mod record;
pub mod sheet;
mod sorted;
pub mod time;
pub mod workspace;

pub use annotation::{Annotation, Link, Origin, Status};
pub use article::Article;
pub use change::Change;
pub use extra::Extra;
pub use id::{AnnotationId, AnnotatorCode, ArticleId, AttributeId, LabelId, LinkTypeId, WriterId};
pub use label::{Attribute, Label, LabelScheme, LinkType, ValueKind};
pub use sheet::{Sheet, SheetKey};
pub use time::Timestamp;
pub use workspace::Workspace;
