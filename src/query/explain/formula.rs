//! Formulas as data: written with symbols, written with numbers, never evaluated here.

use std::borrow::Cow;
use std::ops::{Add, Div, Mul, Sub};

use rust_decimal::Decimal;

/// What a number is called in formulas.
pub type Symbol = Cow<'static, str>;

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A number with a name.
    Symbol(Symbol),
    /// A number without one.
    Constant(Decimal),
    /// Two expressions and what stands between them.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// The smallest of these.
    Min(Vec<Expr>),
    /// The largest of these.
    Max(Vec<Expr>),
    /// Without its sign.
    Abs(Box<Expr>),
}

/// What stands between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// A statement about two expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// On the left.
    pub left: Expr,
    /// How they compare.
    pub is: Comparison,
    /// On the right.
    pub right: Expr,
}

/// How two expressions compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Comparison {
    AtLeast,
    AtMost,
    More,
    Less,
}

/// What a step rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// A number.
    Value(Expr),
    /// All of these hold; without any, always.
    All(Vec<Relation>),
}

/// How the least and the greatest of several are called: what stands before, between and behind them.
#[derive(Debug)]
pub struct Calls {
    /// Around those of which it is the least.
    pub least: (&'static str, &'static str),
    /// Around those of which it is the greatest.
    pub greatest: (&'static str, &'static str),
    /// Between them.
    pub between: &'static str,
}

impl Calls {
    /// As formulas write it.
    pub const SIGNS: Self = Self { least: ("min(", ")"), greatest: ("max(", ")"), between: ", " };
}

/// A number by its name.
pub fn named(symbol: impl Into<Symbol>) -> Expr {
    Expr::Symbol(symbol.into())
}

/// A number as it is.
pub fn constant(value: impl Into<Decimal>) -> Expr {
    Expr::Constant(value.into())
}

impl Expr {
    /// In percent.
    pub fn percent(self) -> Self {
        self * constant(100)
    }

    /// `self` compared with `right`.
    pub fn is(self, is: Comparison, right: Self) -> Relation {
        Relation { left: self, is, right }
    }

    fn with(self, operator: Operator, right: Self) -> Self {
        Self::Binary(operator, Box::new(self), Box::new(right))
    }

    /// The names in it, in order.
    pub fn symbols(&self) -> Vec<&Symbol> {
        match self {
            Self::Symbol(symbol) => vec![symbol],
            Self::Constant(_) => Vec::new(),
            Self::Binary(_, left, right) => left.symbols().into_iter().chain(right.symbols()).collect(),
            Self::Min(all) | Self::Max(all) => all.iter().flat_map(Self::symbols).collect(),
            Self::Abs(inner) => inner.symbols(),
        }
    }

    /// With another name for one of its numbers.
    pub fn renamed(self, from: &str, to: &Symbol) -> Self {
        let each = |all: Vec<Self>| all.into_iter().map(|e| e.renamed(from, to)).collect();
        match self {
            Self::Symbol(symbol) if symbol == from => Self::Symbol(to.clone()),
            Self::Binary(operator, left, right) => {
                Self::Binary(operator, Box::new(left.renamed(from, to)), Box::new(right.renamed(from, to)))
            }
            Self::Min(all) => Self::Min(each(all)),
            Self::Max(all) => Self::Max(each(all)),
            Self::Abs(inner) => Self::Abs(Box::new(inner.renamed(from, to))),
            other => other,
        }
    }

    fn strength(&self) -> u8 {
        match self {
            Self::Binary(Operator::Plus | Operator::Minus, ..) => 0,
            Self::Binary(..) => 1,
            _ => 2,
        }
    }

    /// With every symbol and constant written as `atom` says.
    pub fn write(&self, atom: &impl Fn(&Self) -> String) -> String {
        self.write_called(&Calls::SIGNS, atom)
    }

    /// The same, with least and greatest called as `calls` says.
    pub fn write_called(&self, calls: &Calls, atom: &impl Fn(&Self) -> String) -> String {
        let list = |all: &[Self], (open, close): (&str, &str)| {
            let all: Vec<String> = all.iter().map(|e| e.write_called(calls, atom)).collect();
            format!("{open}{}{close}", all.join(calls.between))
        };
        match self {
            Self::Symbol(_) | Self::Constant(_) => atom(self),
            Self::Min(all) => list(all, calls.least),
            Self::Max(all) => list(all, calls.greatest),
            Self::Abs(inner) => format!("|{}|", inner.write_called(calls, atom)),
            Self::Binary(operator, left, right) => {
                let wrapped = |e: &Self, bare: bool| {
                    let text = e.write_called(calls, atom);
                    if bare { text } else { format!("({text})") }
                };
                let left = wrapped(left, left.strength() >= self.strength());
                let right = wrapped(right, right.strength() > self.strength());
                format!("{left} {} {right}", operator.sign())
            }
        }
    }
}

impl Operator {
    fn sign(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '−',
            Self::Times => '×',
            Self::Over => '÷',
        }
    }
}

impl Relation {
    /// With another name for one of its numbers.
    pub fn renamed(self, from: &str, to: &Symbol) -> Self {
        Self { left: self.left.renamed(from, to), right: self.right.renamed(from, to), ..self }
    }

    /// With every symbol and constant written as `atom` says.
    pub fn write(&self, atom: &impl Fn(&Expr) -> String) -> String {
        let sign = match self.is {
            Comparison::AtLeast => '≥',
            Comparison::AtMost => '≤',
            Comparison::More => '>',
            Comparison::Less => '<',
        };
        format!("{} {sign} {}", self.left.write(atom), self.right.write(atom))
    }
}

impl Add for Expr {
    type Output = Self;
    fn add(self, right: Self) -> Self {
        self.with(Operator::Plus, right)
    }
}

impl Sub for Expr {
    type Output = Self;
    fn sub(self, right: Self) -> Self {
        self.with(Operator::Minus, right)
    }
}

impl Mul for Expr {
    type Output = Self;
    fn mul(self, right: Self) -> Self {
        self.with(Operator::Times, right)
    }
}

impl Div for Expr {
    type Output = Self;
    fn div(self, right: Self) -> Self {
        self.with(Operator::Over, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_parentheses_that_are_needed() {
        let text = |e: Expr| {
            e.write(&|atom| match atom {
                Expr::Symbol(symbol) => symbol.to_string(),
                Expr::Constant(value) => value.to_string(),
                _ => String::new(),
            })
        };
        let (a, b, t) = (|| named("a"), || named("b"), || named("t"));
        assert_eq!(text(((a() - b()) / (t() - b())).percent()), "(a − b) ÷ (t − b) × 100");
        assert_eq!(text(a() - (b() - t())), "a − (b − t)");
        assert_eq!(text(a() - b() + t() * a() / b()), "a − b + t × a ÷ b");
        assert_eq!(text(Expr::Abs(Box::new(a() - b()))), "|a − b|");
    }
}
