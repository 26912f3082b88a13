const Numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(min: number, max: number): Intl.NumberFormat {
  const key = `${min}:${max}`;
  let format = Numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: min, maximumFractionDigits: max });
    Numbers.set(key, format);
  }

  return format;
}

/** Digits after the point that the number itself shows, at most eight. */
export function decimalsOf(value: number): number {
  const text = String(value);
  const exponent = text.indexOf('e-');
  if (exponent >= 0) {
    return Math.min(8, Number(text.slice(exponent + 2)));
  }

  const point = text.indexOf('.');
  return point < 0 ? 0 : Math.min(8, text.length - point - 1);
}

export function price(value: number | null | undefined, decimals = 2): string {
  return value === null || value === undefined ? '–' : numberFormat(decimals, decimals).format(value);
}

export function quantity(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : numberFormat(0, 8).format(value);
}

/** A signed amount: the sign is always shown, with a real minus. */
export function signed(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined) {
    return '–';
  }

  const text = numberFormat(decimals, decimals).format(Math.abs(value));
  const isZero = Number(text.replaceAll(',', '')) === 0;
  return isZero ? text : `${value < 0 ? '−' : '+'}${text}`;
}

export function percent(value: number, decimals = 2): string {
  return `${signed(value * 100, decimals)} %`;
}

export function count(value: number): string {
  return numberFormat(0, 0).format(value);
}

/** UTC time of day to the millisecond; markets and logs speak UTC here. */
export function time(iso: string | null | undefined, withMillis = true): string {
  if (!iso) {
    return '–';
  }

  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? '–' : at.toISOString().slice(11, withMillis ? 23 : 19);
}

export function dateTime(iso: string | null | undefined): string {
  if (!iso) {
    return '–';
  }

  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? '–' : at.toISOString().slice(0, 19).replace('T', ' ');
}

/** ema_cross -> EMA cross, cdl_hammer -> Hammer. */
export function words(name: string): string {
  const text = name.replace(/^cdl_/, '').replaceAll(/[_-]+/g, ' ').trim();
  const spoken = text.replaceAll(/\b(ema|vwap|rsi|atr|cpu|gpu|id|llm|onnx|macd|f1)\b/gi, (match) => match.toUpperCase());
  return spoken.charAt(0).toUpperCase() + spoken.slice(1);
}
