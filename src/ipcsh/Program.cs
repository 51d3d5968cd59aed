using PSSysVIpc.Shell;

const int badUsage = 64;

if (Options.Parse(args, out var problem) is not { } options)
{
    if (problem is null)
    {
        Console.Out.WriteLine(Options.Usage);
        return 0;
    }

    Console.Error.WriteLine($"ipcsh: {problem}\n\n{Options.Usage}");
    return badUsage;
}

if (options.File is { } path && !File.Exists(path))
{
    Console.Error.WriteLine($"ipcsh: there is no script '{path}'.");
    return badUsage;
}

using var shell = new Session(options);
return options switch
{
    { Command: { } text } => shell.Run(text),
    { File: { } script } => shell.RunFile(Path.GetFullPath(script), options.Arguments),
    _ => new Prompt(shell).Run(),
};
