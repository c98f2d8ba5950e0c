//! Which types can be kept, and how they are written as JSON.

use std::error::Error;

use serde::Serialize;

use crate::archive::Reading;
use crate::entities::{Corrections, KnownIds};
use crate::marks::Marks;
use crate::state::{KeptKind, Searches, Settings};

/// The version that files are written in, unless their type says otherwise. One without a number is by an earlier version
/// of the program.
const VERSION: u64 = 1;

/// A value that is kept in a file of its own. Its default is what holds as long as there is no file.
pub trait Kept: Clone + Default + PartialEq {
    /// What it is, for the words in which mishaps are told.
    const KIND: KeptKind;

    /// Whether doing without it does harm: then a damaged file of which there is no earlier version is an error.
    const IS_NEEDED: bool = false;

    /// The greatest version that is understood. A file with a greater number is by a later version of the program.
    const NEWEST: u64 = VERSION;

    /// The inverse of [`Kept::to_kept`].
    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>>;

    /// Readable JSON. An object bears its version as `"version"`.
    fn to_kept(&self) -> Result<String, serde_json::Error>;
}

/// A value with the version in front.
#[derive(Serialize)]
struct Versioned<'a, T> {
    version: u64,
    #[serde(flatten)]
    value: &'a T,
}

fn versioned(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let version = VERSION;
    lines(&Versioned { version, value })
}

fn lines(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut json = serde_json::to_string_pretty(value)?;
    json.push('\n');
    Ok(json)
}

impl Kept for Settings {
    const KIND: KeptKind = KeptKind::Settings;

    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(serde_json::from_str(json)?)
    }

    fn to_kept(&self) -> Result<String, serde_json::Error> {
        versioned(self)
    }
}

impl Kept for Searches {
    const KIND: KeptKind = KeptKind::Searches;

    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(serde_json::from_str(json)?)
    }

    fn to_kept(&self) -> Result<String, serde_json::Error> {
        versioned(self)
    }
}

impl Kept for Reading {
    const KIND: KeptKind = KeptKind::Reading;
    // Without them every file that they are about would be read again, and wrongly.
    const IS_NEEDED: bool = true;

    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self::from_json(json)?)
    }

    fn to_kept(&self) -> Result<String, serde_json::Error> {
        versioned(self)
    }
}

impl Kept for Corrections {
    const KIND: KeptKind = KeptKind::Corrections;
    const NEWEST: u64 = Self::NEWEST_VERSION as u64;

    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self::from_json(json)?)
    }

    fn to_kept(&self) -> Result<String, serde_json::Error> {
        Ok(self.to_json())
    }
}

impl Kept for Marks {
    const KIND: KeptKind = KeptKind::Marks;
    const NEWEST: u64 = Self::NEWEST_VERSION;

    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(serde_json::from_str(json)?)
    }

    fn to_kept(&self) -> Result<String, serde_json::Error> {
        versioned(self)
    }
}

impl Kept for KnownIds {
    const KIND: KeptKind = KeptKind::EntityIds;

    fn from_kept(json: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(serde_json::from_str(json)?)
    }

    fn to_kept(&self) -> Result<String, serde_json::Error> {
        lines(self)
    }
}
