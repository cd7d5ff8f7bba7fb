using Phoenix.App.Cli;

return await PhoenixCli.Run(args, Console.Out, Console.Error);
