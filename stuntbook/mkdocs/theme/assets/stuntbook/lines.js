export const lineOf = async () => null;
export const reportAddress = () => "https://example.org/report";
