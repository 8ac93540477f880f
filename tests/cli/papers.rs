//! Papers as an office hands them out: Word, Excel, HTML, Markdown from one document.

mod files;
mod golden;
mod hostile;
mod numbers;
mod office;
pub mod parts;
mod sample;
mod word;
