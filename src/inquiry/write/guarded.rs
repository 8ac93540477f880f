//! The sheet that forms are written on: every text that comes to stand in it is visible, and legal in XML.

use std::ops::{Deref, DerefMut};

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::text::safe::visible;

/// A sheet whose ways to write a text stand in front of those of the library, so that none can be forgotten.
pub struct GuardedSheet<'s>(&'s mut Worksheet);

impl<'s> From<&'s mut Worksheet> for GuardedSheet<'s> {
    fn from(sheet: &'s mut Worksheet) -> Self {
        Self(sheet)
    }
}

impl Deref for GuardedSheet<'_> {
    type Target = Worksheet;

    fn deref(&self) -> &Worksheet {
        self.0
    }
}

impl DerefMut for GuardedSheet<'_> {
    fn deref_mut(&mut self) -> &mut Worksheet {
        self.0
    }
}

impl GuardedSheet<'_> {
    /// Writes a text.
    ///
    /// # Errors
    /// When it is longer than a cell, or lies outside the sheet.
    pub fn write(&mut self, row: u32, column: u16, text: impl AsRef<str>) -> Result<&mut Self, XlsxError> {
        self.0.write_string(row, column, visible(text.as_ref()))?;
        Ok(self)
    }

    /// Writes a text in a format. Errors as [`Self::write`].
    pub fn write_with_format(
        &mut self,
        row: u32,
        column: u16,
        text: impl AsRef<str>,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        self.0.write_string_with_format(row, column, visible(text.as_ref()), format)?;
        Ok(self)
    }

    /// Writes a text over several cells. Errors as [`Self::write`].
    pub fn merge_range(
        &mut self,
        row: u32,
        column: u16,
        last_row: u32,
        last_column: u16,
        text: &str,
        format: &Format,
    ) -> Result<&mut Self, XlsxError> {
        self.0.merge_range(row, column, last_row, last_column, &visible(text), format)?;
        Ok(self)
    }
}
