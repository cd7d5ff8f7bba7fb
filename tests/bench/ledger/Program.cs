using Phoenix.Ledger.Bench;

return await LedgerBench.Main(args, Console.Out);
