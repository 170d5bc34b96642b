//! The database: one append-only log of changes, texts by hash, snapshots, and where each article
//! was left. Bytes in, bytes out; what they mean is the business of [`crate::web::store`].
//!
//! Every write of data asks for strict durability, so that "committed" means on the disk, not in a
//! buffer of the browser. A log entry is added under its own number, never put: where another tab has
//! already written that number the whole transaction fails and nothing is overwritten.

use crate::words;
use idb::{
    Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Transaction, TransactionMode, TransactionResult,
};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction};

/// The name of the database.
const NAME: &str = "article-annotator";
/// The version of its layout.
const VERSION: u32 = 1;

const LOG: &str = "log";
const TEXTS: &str = "texts";
const SNAPSHOTS: &str = "snapshots";
const META: &str = "meta";
const ALL: [&str; 4] = [LOG, TEXTS, SNAPSHOTS, META];

/// An open database.
#[derive(Clone)]
pub struct Db {
    raw: IdbDatabase,
}

/// Everything in the database.
pub struct Contents {
    /// Log entries with their numbers, in order.
    pub log: Vec<(u64, Vec<u8>)>,
    /// Texts by the hexadecimal hash of their UTF-8.
    pub texts: Vec<(String, Vec<u8>)>,
    /// Snapshots with the number of the entry after which they were made, in order.
    pub snapshots: Vec<(u64, Vec<u8>)>,
    /// Small strings by name.
    pub meta: Vec<(String, String)>,
}

impl Db {
    /// Opens the database, making it where there is none.
    pub async fn open() -> Result<Self, Error> {
        let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                for store in ALL {
                    if !database.store_names().iter().any(|name| name == store) {
                        let _ = database.create_object_store(store, ObjectStoreParams::new());
                    }
                }
            }
        });
        let mut database = request.await?;
        // Another tab wants to erase everything: let it.
        database.on_version_change(|event| {
            if let Some(database) = event.target().and_then(|target| target.dyn_into::<IdbDatabase>().ok()) {
                database.close();
            }
        });
        database.forget_callbacks();
        Ok(Self { raw: database.into() })
    }

    /// Reads everything at one moment.
    pub async fn read(&self) -> Result<Contents, Error> {
        let transaction = Database::from(self.raw.clone()).transaction(&ALL, TransactionMode::ReadOnly)?;
        let log = pairs(&transaction, LOG).await?;
        let texts = pairs(&transaction, TEXTS).await?;
        let snapshots = pairs(&transaction, SNAPSHOTS).await?;
        let meta = pairs(&transaction, META).await?;
        let number = |key: JsValue| key.as_f64().unwrap_or_default() as u64;
        let bytes = |value: JsValue| value.dyn_into::<Uint8Array>().map(|array| array.to_vec()).unwrap_or_default();
        let string = |value: JsValue| value.as_string().unwrap_or_default();
        Ok(Contents {
            log: log.into_iter().map(|(key, value)| (number(key), bytes(value))).collect(),
            texts: texts.into_iter().map(|(key, value)| (string(key), bytes(value))).collect(),
            snapshots: snapshots.into_iter().map(|(key, value)| (number(key), bytes(value))).collect(),
            meta: meta.into_iter().map(|(key, value)| (string(key), string(value))).collect(),
        })
    }

    /// Appends one entry with the texts it brings in; resolves when it is committed.
    pub async fn append(&self, number: u64, entry: &[u8], texts: &[(String, Vec<u8>)]) -> Result<(), Error> {
        let transaction = self.strict(&[LOG, TEXTS])?;
        let store = transaction.object_store(TEXTS)?;
        for (hash, text) in texts {
            let _ = store.put(&Uint8Array::from(text.as_slice()), Some(&hash.as_str().into()))?;
        }
        let added =
            transaction.object_store(LOG)?.add(&Uint8Array::from(entry), Some(&JsValue::from(number as f64)))?;
        added.await?;
        committed(transaction).await
    }

    /// Writes a snapshot and deletes older ones.
    pub async fn snapshot(&self, number: u64, snapshot: &[u8], older: &[u64]) -> Result<(), Error> {
        let transaction = self.strict(&[SNAPSHOTS])?;
        let store = transaction.object_store(SNAPSHOTS)?;
        let _ = store.put(&Uint8Array::from(snapshot), Some(&JsValue::from(number as f64)))?;
        for number in older {
            let _ = store.delete(JsValue::from(*number as f64))?;
        }
        committed(transaction).await
    }

    /// Deletes the log entries below a number.
    pub async fn fold(&self, below: u64) -> Result<(), Error> {
        let transaction = self.strict(&[LOG])?;
        let range = idb::KeyRange::upper_bound(&JsValue::from(below as f64), Some(true))?;
        let _ = transaction.object_store(LOG)?.delete(range)?;
        committed(transaction).await
    }

    /// Keeps a small string by name.
    pub async fn keep(&self, name: &str, value: &str) -> Result<(), Error> {
        let transaction = self.strict(&[META])?;
        let _ = transaction.object_store(META)?.put(&value.into(), Some(&name.into()))?;
        committed(transaction).await
    }

    /// Deletes the whole database.
    pub async fn erase(self) -> Result<(), Error> {
        self.raw.close();
        Factory::new()?.delete(NAME)?.await
    }

    /// A transaction whose commit has reached the disk. Neither the crate nor the stable part of
    /// web-sys can ask for that, so the database itself is asked.
    fn strict(&self, stores: &[&str]) -> Result<Transaction, Error> {
        let names: Array = stores.iter().map(|&store| JsValue::from(store)).collect();
        let options = Object::new();
        let begin = || -> Result<IdbTransaction, JsValue> {
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let method: Function = Reflect::get(&self.raw, &"transaction".into())?.dyn_into()?;
            method.call3(&self.raw, &names, &"readwrite".into(), &options)?.dyn_into()
        };
        begin().map(Into::into).map_err(Error::TransactionOpenFailed)
    }
}

/// Why the database failed, in the browser's own words where it has any.
pub fn why(error: &Error) -> String {
    let value: &JsValue = match error {
        Error::DomException(exception) => exception,
        Error::IndexedDbOpenFailed(value)
        | Error::IndexedDbNotFound(value)
        | Error::TransactionOpenFailed(value)
        | Error::AddFailed(value)
        | Error::UpdateFailed(value) => value,
        _ => return words::DATABASE_FAILED.into(),
    };
    let message = Reflect::get(value, &"message".into()).ok().and_then(|message| message.as_string());
    message.filter(|message| !message.is_empty()).unwrap_or_else(|| words::DATABASE_FAILED.into())
}

async fn committed(transaction: Transaction) -> Result<(), Error> {
    match transaction.await? {
        TransactionResult::Committed => Ok(()),
        TransactionResult::Aborted => Err(Error::TransactionAbortError("aborted".into())),
    }
}

async fn pairs(transaction: &Transaction, store: &str) -> Result<Vec<(JsValue, JsValue)>, Error> {
    let store = transaction.object_store(store)?;
    let keys = store.get_all_keys(None, None)?.await?;
    let values = store.get_all(None, None)?.await?;
    Ok(keys.into_iter().zip(values).collect())
}
